/** A bucket: that it is there and who owns it, since nothing is kept in it. */
export interface Bucket {
  readonly name: string;
  readonly projectId: string;
  readonly location: string;
  /** Microseconds; see World.stamp(). */
  readonly created: number;
}
