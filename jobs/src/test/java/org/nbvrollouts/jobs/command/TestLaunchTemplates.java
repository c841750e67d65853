package org.nbvrollouts.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Templates for clusters that no test can start: they parse, and every flag in them exists. */
class TestLaunchTemplates {
  private static final Path DOCKER = Path.of("../docker");
  private static final Path CONF = Path.of("../conf");
  private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");

  /** Flags of other programs that stand in the same files. */
  private static final List<String> FOREIGN =
      List.of(
          "--master",
          "--deploy-mode",
          "--properties-file",
          "--conf",
          "--files",
          "--class",
          "--name",
          "--host",
          "--port",
          "--webui-port",
          "--cores",
          "--memory",
          "--work-dir",
          "--overlap",
          "--export",
          "--requeue",
          "--job-name",
          "--nodes",
          "--ntasks-per-node",
          "--cpus-per-task",
          "--mem",
          "--time",
          "--signal",
          "--output",
          "--build",
          "--rm",
          "--console-address");

  static Stream<Path> templates() throws IOException {
    try (Stream<Path> files = Files.list(DOCKER.resolve("launch"))) {
      return Stream.concat(files.toList().stream(), Stream.of(DOCKER.resolve("compose.yaml")));
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyFlagExists(Path template) throws IOException {
    String help =
        CommandLineRun.of("run", "--help").out()
            + CommandLineRun.of("plan", "--help").out()
            + CommandLineRun.of("source", "make", "--help").out()
            + CommandLineRun.of("status", "--help").out();
    Matcher flags = FLAG.matcher(Files.readString(template));
    while (flags.find()) {
      if (!FOREIGN.contains(flags.group())) {
        assertThat(help).as(template.toString()).contains(flags.group());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void whatNoTestCanStartSaysSo(Path template) throws IOException {
    String text = Files.readString(template).replaceAll("\\s+(# *)?", " ");
    if (!template.endsWith("local.sh")) {
      assertThat(text).containsIgnoringCase("not run here");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "launch/local.sh",
        "launch/yarn.sh",
        "launch/kubernetes.sh",
        "launch/slurm.sbatch",
        "local-cluster",
        "local-servers/start"
      })
  void scriptsParse(String script) throws Exception {
    assertParses("bash", "-n", DOCKER.resolve(script).toString());
  }

  @Test
  void theWorkflowCompiles() throws Exception {
    Assumptions.assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v python3").start().waitFor() == 0,
        "no python3 here");
    assertParses(
        "python3",
        "-c",
        "import ast,sys; ast.parse(open(sys.argv[1]).read())",
        DOCKER.resolve("launch/airflow_dag.py").toString());
  }

  @Test
  void containersAndApplicationsAreYaml() throws IOException {
    Map<String, Object> compose = yaml(DOCKER.resolve("compose.yaml"));
    assertThat(compose).containsKeys("services", "volumes");
    assertThat(((Map<?, ?>) compose.get("services")).keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrder(
            "spark-master", "spark-worker", "submit", "s3", "hdfs-namenode", "hdfs-datanode");
    Map<String, Object> application = yaml(DOCKER.resolve("launch/kubernetes-operator.yaml"));
    assertThat(application).containsEntry("kind", "SparkApplication").containsKey("spec");
  }

  @Test
  void templatesNameWhatThisBuildMakes() throws IOException {
    String pom = Files.readString(Path.of("../pom.xml"));
    String version = firstGroup("<version>([^<]+)</version>", pom);
    String compose = Files.readString(DOCKER.resolve("compose.yaml"));
    assertThat(compose).contains("/jobs/target/jobs-" + version + "-spark.jar");
    assertThat(Files.readString(DOCKER.resolve("launch/kubernetes-operator.yaml")))
        .contains("sparkVersion: " + firstGroup("<spark.version>([^<]+)<", pom))
        .contains("nbv-rollouts:" + version);
    // What containers start is copied into the image from here.
    Matcher inImage = Pattern.compile("/opt/nbv-rollouts/([\\w./-]+)").matcher(compose);
    while (inImage.find()) {
      String path = inImage.group(1);
      assertThat(path.startsWith("jobs/target/") || Files.exists(Path.of("..", path)))
          .as(path)
          .isTrue();
    }
    assertThat(Files.readString(DOCKER.resolve("Dockerfile")))
        .contains("COPY . .")
        .contains("-pl store-format,pipeline,jobs");
  }

  @Test
  void imagesHaveAVersion() throws IOException {
    String text =
        Files.readString(DOCKER.resolve("compose.yaml"))
            + Files.readString(DOCKER.resolve("Dockerfile"));
    Matcher images = Pattern.compile("(?m)^ *(?:image:|FROM) +(\\S+)").matcher(text);
    assertThat(images.results().map(found -> found.group(1)))
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(image -> image.matches(".+:.+") && !image.endsWith(":latest"));
  }

  private static String firstGroup(String pattern, String text) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(pattern).isTrue();
    return found.group(1);
  }

  @Test
  void everyLineOfTheSparkDefaultsIsASetting() throws IOException {
    List<String> lines =
        Files.readAllLines(CONF.resolve("spark-defaults.conf"), StandardCharsets.UTF_8);
    List<String> settings =
        lines.stream().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    assertThat(settings).allMatch(line -> line.matches("spark\\.[A-Za-z.]+ +\\S.*"));
    assertThat(settings.stream().map(line -> line.split(" ", 2)[0])).doesNotHaveDuplicates();
    assertThat(settings).anyMatch(line -> line.matches("spark\\.eventLog\\.enabled +true"));
  }

  private static Map<String, Object> yaml(Path file) throws IOException {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }

  private static void assertParses(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Arrays.toString(command) + "\n" + said).isZero();
  }
}
