package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.TriangleMesh;

class TestWidePlan {
  private static final int WIDTH = WideNodes.WIDTH;

  /** The least surface by trying every way, which only small trees allow. */
  @Test
  void wideNodesHaveTheLeastSurface() {
    for (int seed = 0; seed < 40; seed++) {
      BvhTree tree = tree(Meshes.soup(new SplittableRandom(seed), 20 + 5 * seed, 1));
      WideNodes wide = WideNodes.of(tree);
      double surface = 0;
      for (int node = 0; node < wide.children().length / WIDTH; node++) {
        surface += halfArea(wide.boxes(), node);
      }
      double least = halfArea(tree, tree.root()) + leastBelow(tree, tree.root(), WIDTH);
      assertThat(surface).as("seed=%d", seed).isCloseTo(least, within(1e-5 * least));
    }
  }

  @Test
  void everyBlockAndNodeHasOneParent() {
    BvhTree tree = tree(BumpyRoom.mesh(60_000));
    int[] children = WideNodes.of(tree).children();
    float[] boxes = WideNodes.of(tree).boxes();
    int nodes = children.length / WIDTH;
    int blocks = tree.faceOfSlot().length / Bvh.BLOCK_FACES;
    int[] parents = new int[nodes + blocks];
    for (int place = 0; place < children.length; place++) {
      if (boxes[place / WIDTH * WideNodes.NODE_FLOATS + place % WIDTH] < Float.POSITIVE_INFINITY) {
        int child = children[place];
        parents[child >= 0 ? child : nodes + Bvh.block(child)]++;
      }
    }
    assertThat(parents[0]).as("parents of the root").isZero();
    assertThat(Arrays.stream(parents).skip(1)).allMatch(count -> count == 1);
    assertThat((double) (nodes - 1 + blocks) / nodes).as("children per node").isGreaterThan(6);
  }

  /** Surfaces overflow to infinity and the plan is still a tree. */
  @Test
  void anyScaleGivesATree() {
    BvhTree tree = tree(Meshes.soup(new SplittableRandom(1), 500, 1e30f));
    int[] children = WideNodes.of(tree).children();
    assertThat(Arrays.stream(children).filter(child -> child < 0).map(Bvh::block))
        .containsExactlyInAnyOrder(blocks(tree));
  }

  private static Integer[] blocks(BvhTree tree) {
    Integer[] blocks = new Integer[tree.faceOfSlot().length / Bvh.BLOCK_FACES];
    Arrays.setAll(blocks, i -> i);
    return blocks;
  }

  private static BvhTree tree(TriangleMesh mesh) {
    BvhFaces faces = new BvhFaces(mesh);
    return new BvhTree(faces, BvhSplits.of(faces));
  }

  private static boolean isBlock(BvhTree tree, int reference) {
    return reference < 0 || tree.blockOfNode()[reference] != 0;
  }

  /** Least surface of the wide nodes below a node whose children share so many places. */
  private static double leastBelow(BvhTree tree, int node, int places) {
    double least = Double.POSITIVE_INFINITY;
    for (int share = 1; share < places; share++) {
      double first = least(tree, tree.children()[2 * node], share);
      double second = least(tree, tree.children()[2 * node + 1], places - share);
      least = Math.min(least, first + second);
    }
    return least;
  }

  private static double least(BvhTree tree, int reference, int places) {
    if (isBlock(tree, reference)) {
      return 0;
    }
    double own = halfArea(tree, reference) + leastBelow(tree, reference, WIDTH);
    return places == 1 ? own : Math.min(own, leastBelow(tree, reference, places));
  }

  private static double halfArea(BvhTree tree, int node) {
    float[] box = Arrays.copyOfRange(tree.boxes(), 12 * node, 12 * node + 12);
    double[] extent = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      extent[axis] =
          (double) Math.max(box[3 + axis], box[9 + axis]) - Math.min(box[axis], box[6 + axis]);
    }
    return extent[0] * extent[1] + extent[1] * extent[2] + extent[2] * extent[0];
  }

  /** Of the box around all children of a wide node. */
  private static double halfArea(float[] boxes, int node) {
    double[] extent = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      float least = Float.POSITIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (int place = 0; place < WIDTH; place++) {
        int row = WideNodes.NODE_FLOATS * node + WIDTH * axis + place;
        least = Math.min(least, boxes[row]);
        largest = Math.max(largest, boxes[row + 3 * WIDTH]);
      }
      extent[axis] = (double) largest - least;
    }
    return extent[0] * extent[1] + extent[1] * extent[2] + extent[2] * extent[0];
  }
}
