package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.HdfsStoreIO;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.server.HdfsCluster;
import org.nbvrollouts.store.server.S3Server;
import org.nbvrollouts.store.server.StorageUnderTest;

/**
 * A storage on which the protocol is tested.
 *
 * @param folder below which every campaign gets a root of its own
 * @param renaming publisher by rename, where the storage has one
 */
record CommitStorage(String name, StoreIO io, StoreLocation folder, Optional<Publisher> renaming) {

  static CommitStorage local(Path folder) {
    return new CommitStorage(
        "local disk",
        new LocalStoreIO(Durability.BUFFERED),
        StoreLocation.of(folder),
        Optional.of(new RenamePublisher(Durability.BUFFERED)));
  }

  static CommitStorage hdfs(HdfsCluster cluster) {
    StoreLocation root = new StoreLocation(cluster.address());
    HdfsStoreIO io = (HdfsStoreIO) StorageUnderTest.options(HdfsCluster.settings()).open(root);
    return new CommitStorage(
        "HDFS", io, root.child("commit"), Optional.of(new HdfsRenamePublisher(io)));
  }

  static CommitStorage s3(S3Server server, String bucket) {
    StoreLocation root = new StoreLocation("s3a://" + bucket);
    Map<String, String> settings = StorageUnderTest.s3Settings(server.endpoint());
    return new CommitStorage(
        "S3",
        StorageUnderTest.options(settings).open(root),
        new StoreLocation(root + "/commit"),
        Optional.empty());
  }

  /** A campaign in which nothing happened yet. */
  CommitHarness campaign(PublishForm form) {
    StoreLocation root = folder.child(UUID.randomUUID().toString());
    Publisher publisher =
        form == PublishForm.RENAME
            ? renaming.orElseThrow()
            : new PointerPublisher(Durability.BUFFERED);
    return new CommitHarness(root, io, publisher);
  }

  /** Leaves an empty folder, or what the storage has in its place. */
  void makeEmptyFolder(StoreLocation place) throws IOException {
    io.write(place.child("x"), new byte[0]);
    io.delete(place.child("x"));
  }
}
