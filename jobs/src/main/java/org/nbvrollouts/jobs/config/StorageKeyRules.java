package org.nbvrollouts.jobs.config;

import java.util.List;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.io.AddressSecrets;

/** Addresses in a campaign file are copied into every store, so they carry no password. */
final class StorageKeyRules {
  private static final List<String> ADDRESSES =
      List.of("storage.s3_endpoint", "source.store.store_dir");

  private final ConfigTable table;
  private final RuleChecker rules;

  StorageKeyRules(ConfigTable table, RuleChecker rules) {
    this.table = table;
    this.rules = rules;
  }

  void check() {
    for (String path : ADDRESSES) {
      RuleKey key = RuleKey.of(table, path);
      rules.check(List.of(key), () -> refusePassword(key));
    }
  }

  private static void refusePassword(RuleKey key) {
    if (key.value() instanceof String address && AddressSecrets.areIn(address)) {
      throw ConfigCheck.invalid(
          key.name(),
          "(hidden)",
          "an address without user and password, which every store would name");
    }
  }
}
