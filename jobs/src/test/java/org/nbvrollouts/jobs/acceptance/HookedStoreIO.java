package org.nbvrollouts.jobs.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nbvrollouts.store.io.DelegatingStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/** A storage that lets something happen, once, just before a certain file is written. */
final class HookedStoreIO extends DelegatingStoreIO {
  private final String fileName;
  private final Runnable hook;
  private final AtomicBoolean isDone = new AtomicBoolean();

  HookedStoreIO(StoreIO io, String fileName, Runnable hook) {
    super(io);
    this.fileName = fileName;
    this.hook = hook;
  }

  private void before(StoreLocation file) {
    if (file.text().endsWith("/" + fileName) && isDone.compareAndSet(false, true)) {
      hook.run();
    }
  }

  @Override
  public void write(StoreLocation file, byte[] content) throws IOException {
    before(file);
    super.write(file, content);
  }

  @Override
  public void writeFile(StoreLocation file, Path content) throws IOException {
    before(file);
    super.writeFile(file, content);
  }

  @Override
  public Creation createIfAbsent(StoreLocation file, byte[] content) throws IOException {
    before(file);
    return super.createIfAbsent(file, content);
  }
}
