import type {
  App,
  ComputeCluster,
  Deployment,
  Nodepool,
  Runner,
  User,
} from '../../../generated/proto/clarifai/api/resources';
import type { Clock } from '../../base/clock';
import type { RunnerQueue } from '../runners/runner-queue';
import type { ArchiveContent } from '../exports/archive';
import type { Limits } from '../limits';
import type { RandomBytes } from '../seeded-random';
import type { PlannedStage } from './agenda';
import { Agenda } from './agenda';
import type { Stored } from './app-state';
import { AppState } from './app-state';
import { copyGraph } from './copy-graph';
import type { Lifecycle } from './input-store';
import type { KeyState } from './keys';
import { toTimestamp } from './timestamp';
import { UrlTable } from './url-table';

/** Where bytes can be had over HTTP. */
export interface MediaHost {
  /** Prefix of its URLs; `undefined` until it is open. */
  readonly base: string | undefined;
  open(): Promise<void>;
}

export interface WorldOptions {
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly lifecycle: Lifecycle;
  readonly limits: Limits;
  readonly storeBytes: boolean;
  readonly fetchHosts: readonly string[];
  readonly media: MediaHost;
  readonly badUrlStatus: 'modern' | 'legacy';
}

/** One user and their apps. */
export interface UserState {
  readonly message: Stored<User>;
  readonly apps: Map<string, AppState>;
  readonly runners: Map<string, Stored<Runner>>;
  readonly computeClusters: Map<string, Stored<ComputeCluster>>;
  readonly nodepools: Map<string, Stored<Nodepool>>;
  readonly deployments: Map<string, Stored<Deployment>>;
}

/** What changes as calls come in. */
export interface WorldState {
  readonly users: ReadonlyMap<string, UserState>;
  readonly workflowStates: ReadonlyMap<string, number>;
  readonly keys: ReadonlyMap<string, KeyState>;
  readonly planned: readonly PlannedStage[];
}

/** Everything one emulator knows. */
export class World {
  readonly users: Map<string, UserState> = new Map();
  readonly urls: UrlTable;
  /** By users and runners. What is under way there is no state: it ends with the calls that wait for it. */
  readonly runnerQueues: Map<string, RunnerQueue> = new Map();
  /** What exports hold of which somebody has said so, by the ids of versions. */
  readonly archives: Map<string, ArchiveContent> = new Map();
  /** When the state of a workflow ends, by its id. */
  readonly workflowStates: Map<string, number> = new Map();
  readonly keys: Map<string, KeyState> = new Map();
  readonly agenda: Agenda;
  readonly options: WorldOptions;

  constructor(options: WorldOptions) {
    this.options = options;
    this.urls = new UrlTable({ fetchHosts: options.fetchHosts, maxBytes: options.limits.maxRequestBytes });
    this.agenda = new Agenda(options.clock, options.lifecycle, (job, stage) => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load every kind of job
      const { runJob } = require('../jobs/run-job') as typeof import('../jobs/run-job');
      runJob(job, stage, this);
    });
  }

  get clock(): Clock {
    return this.options.clock;
  }

  get media(): MediaHost {
    return this.options.media;
  }

  get randomBytes(): RandomBytes {
    return this.options.randomBytes;
  }

  app(userId: string, appId: string): AppState | undefined {
    return this.users.get(userId)?.apps.get(appId);
  }

  /** The user with this id, made if there is none. */
  openUser(id: string): UserState {
    const user = this.users.get(id) ?? {
      message: { id, createdAt: toTimestamp(this.clock.now()) },
      apps: new Map(),
      runners: new Map(),
      computeClusters: new Map(),
      nodepools: new Map(),
      deployments: new Map(),
    };
    this.users.set(id, user);
    return user;
  }

  /** Forgets users with their apps, keys, workflow states and what is under way; seeded URLs and archives stay. */
  clear(): void {
    this.users.clear();
    this.workflowStates.clear();
    this.keys.clear();
    this.agenda.replace([]);
  }

  /** A copy of all but URLs and archives, which nothing that happens changes. */
  copyState(): WorldState {
    const { users, workflowStates, keys, agenda } = this;
    return copyGraph({ users, workflowStates, keys, planned: agenda.planned() });
  }

  setState({ users, workflowStates, keys, planned }: WorldState): void {
    this.clear();
    for (const [id, user] of users) this.users.set(id, user);
    for (const [id, endsAtMs] of workflowStates) this.workflowStates.set(id, endsAtMs);
    for (const [id, key] of keys) this.keys.set(id, key);
    this.agenda.replace(planned);
  }

  addApp(userId: string, app: Stored<App>, isPublic: boolean): AppState {
    const at = toTimestamp(this.clock.now());
    const state = new AppState(
      userId,
      { createdAt: at, modifiedAt: at, name: app.id, defaultLanguage: 'en', ...app, userId },
      isPublic,
      this.options,
    );
    this.openUser(userId).apps.set(app.id, state);
    return state;
  }
}
