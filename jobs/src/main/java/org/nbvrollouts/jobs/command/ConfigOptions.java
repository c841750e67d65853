package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import org.nbvrollouts.jobs.config.CampaignConfig;
import picocli.CommandLine.Option;

/** The option that names a campaign file. */
final class ConfigOptions {
  /** Folder of the installation, set by the launcher. */
  static final String HOME_PROPERTY = "nbv.home";

  /** Profile of a command that names none. */
  static final String DEFAULT_PROFILE = "production";

  @Option(
      names = {"--config", "--config-path"},
      paramLabel = "FILE",
      description =
          "Campaign file (TOML). A relative name that does not exist here is looked up in conf/."
              + " Default: the production profile")
  Path file;

  CampaignConfig load(Console console) {
    CampaignConfig config =
        file == null ? CampaignConfig.profile(DEFAULT_PROFILE) : CampaignConfig.load(file, home());
    config.ignoredKeys().forEach(key -> console.note("Ignored " + key));
    config.warnings().forEach(warning -> console.note("Warning: " + warning));
    return config;
  }

  private static Path home() {
    return Path.of(System.getProperty(HOME_PROPERTY, "."), "conf");
  }
}
