/**
 * Ray casting and point–triangle distances over one bounding volume hierarchy per mesh. A hierarchy
 * is built once, shared between threads and never changed; the query objects are cheap, belong to
 * one thread each and allocate nothing per ray, point or face. Two predicates, {@link
 * org.nbvrollouts.pipeline.geometry.RayTriangle} and {@link
 * org.nbvrollouts.pipeline.geometry.PointTriangle}, decide every answer in double, so answers do
 * not depend on the shape of the tree. Entry class: {@link org.nbvrollouts.pipeline.geometry.Bvh}.
 */
package org.nbvrollouts.pipeline.geometry;
