package org.nbvrollouts.store.zarr;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Arrays of a store that need not be decoded again, up to a number of bytes: who comes first stays.
 * Thread-safe.
 */
final class DecodedArrays {
  private final AtomicLong room;
  private final Map<String, TypedArray> arrays = new ConcurrentHashMap<>();

  DecodedArrays(long capacityBytes) {
    this.room = new AtomicLong(capacityBytes);
  }

  Optional<TypedArray> find(String path) {
    return Optional.ofNullable(arrays.get(path));
  }

  /** True if the whole array is or can be kept, so that asking for parts of it costs nothing. */
  boolean hasRoomFor(String path, ArrayDocument document) {
    if (room.get() <= 0 && arrays.isEmpty()) {
      return false;
    }
    if (arrays.containsKey(path)) {
      return true;
    }
    long left = room.get() / document.type().bytes();
    for (long length : document.shape()) {
      left /= Math.max(1, length);
    }
    return left > 0;
  }

  /** Keeps an array if it fits, and returns it. */
  TypedArray remember(String path, TypedArray array) {
    long bytes = (long) array.size() * array.type().bytes();
    if (room.addAndGet(-bytes) < 0) {
      room.addAndGet(bytes);
      return array;
    }
    TypedArray earlier = arrays.putIfAbsent(path, array);
    if (earlier != null) {
      room.addAndGet(bytes);
      return earlier;
    }
    return array;
  }
}
