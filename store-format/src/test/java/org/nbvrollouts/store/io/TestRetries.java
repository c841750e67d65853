package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.s3a.AWSBadRequestException;
import org.apache.hadoop.fs.s3a.AWSServiceThrottledException;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.ipc.RemoteException;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.LostConnectionException;
import org.nbvrollouts.store.error.StorageReason;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class TestRetries {
  private static final StoreLocation PLACE = new StoreLocation("s3a://bucket/key");

  private static Retries retries(Duration limit) {
    return new Retries(
        new RetryPolicy(Duration.ZERO, Duration.ZERO, limit),
        failure -> StorageFailureKind.of(failure) == StorageFailureKind.PASSING);
  }

  @Test
  void whatMayPassIsTriedAgainAndTheCallLearnsOfIt() throws IOException {
    List<Boolean> calls = new ArrayList<>();
    String result =
        retries(Duration.ofSeconds(30))
            .run(
                "read",
                PLACE,
                isRepeated -> {
                  calls.add(isRepeated);
                  if (calls.size() < 4) {
                    throw new ConnectException("refused");
                  }
                  return "done";
                });
    assertThat(result).isEqualTo("done");
    assertThat(calls).containsExactly(false, true, true, true);
  }

  @Test
  void whatLastsIsToldAtOnce() {
    List<Integer> calls = new ArrayList<>();
    assertThatThrownBy(
            () ->
                retries(Duration.ofSeconds(30))
                    .run(
                        "read",
                        PLACE,
                        () -> {
                          calls.add(1);
                          throw new AccessDeniedException("key");
                        }))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage("key");
    assertThat(calls).hasSize(1);
  }

  @Test
  void aNewTryNeverStartsAfterTheLimit() {
    List<Integer> calls = new ArrayList<>();
    Retries noTime =
        new Retries(
            new RetryPolicy(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ZERO),
            failure -> true);
    assertThatThrownBy(
            () ->
                noTime.run(
                    "read",
                    PLACE,
                    () -> {
                      calls.add(1);
                      throw new SocketTimeoutException("slow");
                    }))
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessage("slow");
    assertThat(calls).hasSize(1);
  }

  @Test
  void aConnectionThatBreaksIsNoShortFile() {
    Retries noTime = retries(Duration.ZERO);
    for (IOException broken :
        List.of(
            new EOFException("Premature end of Content-Length delimited message body"),
            new ConnectException("Connection refused"))) {
      assertThatThrownBy(() -> noTime.run("read", PLACE, () -> fail(broken)))
          .isInstanceOf(LostConnectionException.class)
          .hasMessage(
              "Cannot read: the connection was lost; another try may succeed"
                  + " (location=s3a://bucket/key, cause="
                  + broken.getClass().getSimpleName()
                  + ")")
          .hasCause(broken)
          .satisfies(
              lost ->
                  assertThat(StorageReason.of((IOException) lost))
                      .isEqualTo("the connection was lost; another try may succeed"));
    }
    IOException cut = new ShortFileException(PLACE, 7, new EOFException());
    assertThatThrownBy(() -> noTime.run("read", PLACE, () -> fail(cut)))
        .isSameAs(cut)
        .satisfies(
            end ->
                assertThat(StorageReason.of((IOException) end))
                    .isEqualTo("the file ends too early"));
  }

  @Test
  void anAnswerThatWasCutOffInItsHeadersIsALostConnection() {
    NullPointerException ofClient = new NullPointerException("contentLength() is null");
    ofClient.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("org.apache.hadoop.fs.s3a.S3AFileSystem", "stat", "", 1)
        });
    assertThatThrownBy(() -> retries(Duration.ZERO).run("ask", PLACE, () -> fail(ofClient)))
        .isInstanceOf(LostConnectionException.class)
        .hasRootCause(ofClient);
    NullPointerException ours = new NullPointerException("ours");
    assertThatThrownBy(() -> retries(Duration.ZERO).run("ask", PLACE, () -> fail(ours)))
        .isSameAs(ours);
  }

  private static Void fail(RuntimeException failure) {
    throw failure;
  }

  private static Void fail(IOException failure) throws IOException {
    throw failure;
  }

  @Test
  void theFirstFailureIsKeptInTheLast() {
    List<IOException> failures =
        List.of(
            new ConnectException("first"),
            new ConnectException("second"),
            new AccessDeniedException("last"));
    List<Integer> calls = new ArrayList<>();
    assertThatThrownBy(
            () ->
                retries(Duration.ofMinutes(5))
                    .run(
                        "read",
                        PLACE,
                        () -> {
                          calls.add(1);
                          throw failures.get(calls.size() - 1);
                        }))
        .isSameAs(failures.get(2))
        .satisfies(last -> assertThat(last.getSuppressed()).containsExactly(failures.get(0)));
  }

  @Test
  void failuresAreJudgedByTheirType() {
    assertThat(StorageFailureKind.of(new FileNotFoundException()))
        .isEqualTo(StorageFailureKind.ABSENT);
    assertThat(StorageFailureKind.of(new org.apache.hadoop.fs.FileAlreadyExistsException()))
        .isEqualTo(StorageFailureKind.TAKEN);
    assertThat(
            List.of(
                new ShortFileException(PLACE, 1, new EOFException()),
                new InterruptedIOException(),
                new UnknownHostException()))
        .allMatch(failure -> StorageFailureKind.of(failure) == StorageFailureKind.LASTING);
    assertThat(StorageFailureKind.of(new EOFException())).isEqualTo(StorageFailureKind.PASSING);
    assertThat(
            StorageFailureKind.of(
                new RemoteException("org.apache.hadoop.ipc.StandbyException", "standby")))
        .isEqualTo(StorageFailureKind.PASSING);
    assertThat(StorageFailureKind.of(new RemoteException("java.lang.Error", "no")))
        .isEqualTo(StorageFailureKind.LASTING);
  }

  /** {@code DefaultManagedHttpClientConnection.bind}, as S3A passes it on. */
  @Test
  void aConnectionThatWasClosedWhileItWasMadeIsNoInterrupt() {
    InterruptedIOException closed = new InterruptedIOException("open s3a://b/f");
    closed.initCause(
        SdkClientException.create(
            "Unable to execute HTTP request: Connection already shutdown",
            new InterruptedIOException("Connection already shutdown")));
    assertThat(StorageFailureKind.of(closed)).isEqualTo(StorageFailureKind.PASSING);
    assertThat(S3aFailures.kindOf(closed)).isEqualTo(StorageFailureKind.PASSING);
    InterruptedIOException interrupted = new InterruptedIOException("open s3a://b/f");
    interrupted.initCause(new InterruptedException("Connection already shutdown"));
    assertThat(StorageFailureKind.of(interrupted)).isEqualTo(StorageFailureKind.LASTING);
  }

  @Test
  void theClientOfS3IsJudgedByItsOwnTypes() {
    assertThat(S3aFailures.kindOf(new AWSStatus500Exception("put", status(500))))
        .isEqualTo(StorageFailureKind.PASSING);
    assertThat(S3aFailures.kindOf(new AWSServiceThrottledException("put", status(503))))
        .isEqualTo(StorageFailureKind.PASSING);
    assertThat(S3aFailures.kindOf(new AWSBadRequestException("put", status(409))))
        .isEqualTo(StorageFailureKind.CONFLICT);
    assertThat(S3aFailures.kindOf(new AWSBadRequestException("put", status(400))))
        .isEqualTo(StorageFailureKind.LASTING);
    assertThat(S3aFailures.kindOf(new RemoteFileChangedException("key", "put", "412")))
        .isEqualTo(StorageFailureKind.TAKEN);
  }

  private static S3Exception status(int code) {
    return (S3Exception) S3Exception.builder().statusCode(code).message("test").build();
  }
}
