import type { KnownFinding } from './finding.ts';

/** The levels of the resource hierarchy, from the top; `resource` is whatever lies below a project. */
export const levels = ['organization', 'folder', 'project', 'resource'] as const;
export type Level = (typeof levels)[number];

/** Where facts come from: `catalog/sources.yaml`. */
export interface Source {
  readonly title: string;
  readonly link?: string | undefined;
  /** Of what it says: a day, a month, or "undated". */
  readonly date: string;
  /** When we took the facts from it. */
  readonly read: string;
  /** The service whose whole list of permissions it means to be. */
  readonly lists?: string | undefined;
  readonly note?: string | undefined;
}

/** A service of Google's, and what is to be known about all of it. */
export interface Service {
  /** For example `run.googleapis.com`. */
  readonly name: string;
  readonly title: string;
  /** The first word of its permissions. */
  readonly prefix: string;
  readonly notes: readonly string[];
  /** Its permissions as the sources group them. A group may have none, and say why. */
  readonly groups: readonly { readonly title: string; readonly notes: readonly string[] }[];
}

/** One permission, with what is known of it. What is absent is not known, or is as the rule has it. */
export interface Permission {
  readonly name: string;
  /** False: a document names it, and no live role of the catalog's date holds it. */
  readonly live: boolean;
  /** Absent: organization, folder and project, which is the rule and unverified for the single permission. */
  readonly levels?: readonly Level[] | undefined;
  /** Absent: supported, which is the rule and unverified for the single permission. */
  readonly customRole?: 'SUPPORTED' | 'TESTING' | 'NOT_SUPPORTED' | undefined;
  readonly stage?: string | undefined;
  /** Where exceptional levels, support or stage are known from. */
  readonly exceptions?: readonly string[] | undefined;
  readonly group?: string | undefined;
  /** What it lets one do. */
  readonly does?: string | undefined;
  /** What a holder could do with it. */
  readonly risk?: string | undefined;
  /** Of the permission, and of its group in the source. */
  readonly notes?: readonly string[] | undefined;
  /** Keys of `Catalog.sources`. */
  readonly sources?: readonly string[] | undefined;
}

/** What a document says that a role holds. */
export interface DocumentedRole {
  readonly source: string;
  readonly includes: readonly string[];
  /** As the document lists them, each with the type of resource that stands beside it. */
  readonly permissions: readonly { readonly name: string; readonly on: string }[];
}

/** A role that Google made. */
export interface Role {
  readonly name: string;
  readonly title: string;
  readonly stage: string;
  readonly lowest: Level;
  readonly highest: Level;
  readonly does?: string | undefined;
  readonly risk?: string | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly sources?: readonly string[] | undefined;
  readonly documented?: DocumentedRole | undefined;
  /** What it holds, as ranges of `Catalog.liveNames`: from, to, from, to; both ends included. */
  readonly ranges: readonly number[];
}

/** One row of a document's table of methods. */
export interface MethodRow {
  /** Counted from 1. */
  readonly row: number;
  readonly service: string;
  readonly prefix: string;
  /** For example `deployments.insert`. */
  readonly method: string;
  /** The method that the row must mean, where its name is a slip. */
  readonly meant?: string | undefined;
  readonly does: string;
  readonly permission: string;
  /** Who may call it, as the document says. */
  readonly roles: readonly string[];
  readonly source: string;
}

/** Something that a document says beside its lists. */
export interface Note {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly words: readonly string[];
  /** Names of permissions and roles; a pattern may end in `*`. */
  readonly about: readonly string[];
  readonly sources: readonly string[];
  readonly disagrees?: string | undefined;
}

/** Where a profile asks for something. */
export interface ProfileUse {
  readonly profile: string;
  readonly title: string;
  /** The permission or role. */
  readonly name: string;
  readonly why: string;
  /** Whose words `why` is. */
  readonly by: string;
  readonly warning?: string | undefined;
}

/** All that the catalog knows. It is plain data, so that it can be kept as JSON. */
export interface Catalog {
  readonly sources: Readonly<Record<string, Source>>;
  readonly services: readonly Service[];
  /** In the order of their names. */
  readonly permissions: readonly Permission[];
  /** Names of the live ones, in order; what ranges of roles count in. */
  readonly liveNames: readonly string[];
  readonly roles: readonly Role[];
  readonly methods: readonly MethodRow[];
  readonly notes: readonly Note[];
  readonly uses: readonly ProfileUse[];
  /** In what the sources contradict each other, as far as that is acknowledged. */
  readonly contradictions: readonly KnownFinding[];
}
