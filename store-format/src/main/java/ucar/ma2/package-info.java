/**
 * The few array types that the Zarr library calls, under the names it expects. They stand in for a
 * dependency that is not published where builds resolve; nothing but the Zarr library uses them.
 * Entry class: {@link ucar.ma2.Array}.
 */
package ucar.ma2;
