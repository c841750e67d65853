package org.nbvrollouts.jobs.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.server.CountingProxy;
import org.nbvrollouts.store.server.HttpFault;
import org.nbvrollouts.store.server.S3Server;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A campaign's bucket on an S3 server, reached by a proxy that breaks requests at random. */
final class ChaoticS3 implements AutoCloseable {
  private static final String BUCKET = "rollouts";
  private static final String CAMPAIGN = "campaign";
  private static final long OUTAGE_SECONDS = 20;

  private final S3Server server;
  private final CountingProxy proxy;
  private final FaultCounts counts;

  private ChaoticS3(S3Server server, FaultCounts counts) {
    this.server = server;
    this.proxy = new CountingProxy(server.port());
    this.counts = counts;
  }

  static ChaoticS3 start(Path folder, FaultCounts counts) {
    return new ChaoticS3(S3Server.start(folder, BUCKET), counts);
  }

  String finalRoot() {
    return "s3a://" + BUCKET + "/" + CAMPAIGN;
  }

  /** What a process must find in its environment to reach the server by the proxy. */
  Map<String, String> environment() {
    return Map.of(
        "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY,
        "AWS_ENDPOINT_URL", proxy.endpoint());
  }

  /** Breaks about one request of twenty from now on. */
  void breakRequests(Random random) {
    proxy.breakRequests(request -> choose(random.nextDouble()));
  }

  private Optional<HttpFault> choose(double dice) {
    if (dice < 0.02) {
      return fired(FaultCounts.Fault.ANSWER_503, HttpFault.UNAVAILABLE);
    }
    if (dice < 0.03) {
      return fired(FaultCounts.Fault.ANSWER_2_S_LATE, HttpFault.DELAY);
    }
    if (dice < 0.04) {
      return fired(FaultCounts.Fault.ANSWER_LOST, HttpFault.LOSE_REPLY);
    }
    if (dice < 0.05) {
      return fired(FaultCounts.Fault.ANSWER_CUT, HttpFault.CUT_REPLY);
    }
    return Optional.empty();
  }

  private Optional<HttpFault> fired(FaultCounts.Fault fault, HttpFault how) {
    counts.add(fault, 1);
    return Optional.of(how);
  }

  /** Lets every request pass from now on. */
  void behave() {
    proxy.breakRequests(request -> Optional.empty());
  }

  /** Requests so far, broken ones included. */
  int requests() {
    return proxy.requests().size();
  }

  /** Kills the server and starts it again after a while. */
  void goAway() throws InterruptedException {
    server.kill();
    TimeUnit.SECONDS.sleep(OUTAGE_SECONDS);
    server.start();
    counts.add(FaultCounts.Fault.SERVER_GONE_FOR_20_S, 1);
  }

  /** Markers, counted on the server's disk, so that they can be while it is away. */
  int committed() {
    int found = 0;
    try (DirectoryStream<Path> shards =
        Files.newDirectoryStream(server.objects().resolve(BUCKET).resolve(CAMPAIGN), "shard-*")) {
      for (Path shard : shards) {
        found += Files.exists(shard.resolve(SuccessSidecar.FILE_NAME)) ? 1 : 0;
      }
    } catch (IOException e) {
      // No campaign yet.
      return 0;
    }
    return found;
  }

  /** Size, tag and time of every object of the campaign, by its path below the final root. */
  SortedMap<String, String> listing() {
    SortedMap<String, String> found = new TreeMap<>();
    try (S3Client client = client()) {
      client
          .listObjectsV2Paginator(request -> request.bucket(BUCKET).prefix(CAMPAIGN + "/"))
          .contents()
          .stream()
          // Folders of the server's disk appear as empty objects.
          .filter(object -> !object.key().endsWith("/"))
          .forEach(
              object ->
                  found.put(
                      object.key().substring(CAMPAIGN.length() + 1),
                      object.size() + " " + object.eTag() + " " + object.lastModified()));
    }
    return found;
  }

  /** Content of an object. */
  byte[] read(String path) throws IOException {
    try (S3Client client = client();
        ResponseInputStream<GetObjectResponse> in =
            client.getObject(
                request -> request.bucket(BUCKET).key(CAMPAIGN + "/" + path),
                ResponseTransformer.toInputStream())) {
      return in.readAllBytes();
    }
  }

  private S3Client client() {
    return S3Client.builder()
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
        .build();
  }

  @Override
  public void close() {
    proxy.close();
    server.close();
  }
}
