/** A Cloud Run service: what is said of it, since nothing runs. `name` is its key in the world. */
export interface RunService {
  /** projects/PROJECT_ID/locations/LOCATION/services/ID */
  readonly name: string;
  /** What its owner set: labels, ingress, template and so on, as in the API. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The revision template, with its service account. */
  readonly template: Readonly<Record<string, unknown>> & { readonly serviceAccount: string };
  readonly uid: string;
  readonly generation: number;
  /** The generation that serves; behind `generation` while a deployment goes on. */
  readonly observed: number;
  readonly creator: string;
  readonly lastModifier: string;
  /** Microseconds; see World.stamp(). */
  readonly created: number;
  readonly stamp: number;
}
