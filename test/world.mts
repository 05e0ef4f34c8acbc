import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { answerProblems, requestProblems } from '../check/description/uphanceApi.mts';
import type { Limits } from '../nodes/Uphance/http/limits.ts';
import { forgetKnownIds } from '../nodes/Uphance/operations/knownIds.ts';
import type { Options, Uphance as Sandbox } from '../sandbox/uphance/uphance.mts';
import { demo, group, startUphance } from '../sandbox/uphance/uphance.mts';
import { useLimits } from './limits.mts';
import type { Ran, Run, StoredCredential } from './n8n.mts';
import { runNode } from './n8n.mts';

export interface Setup {
	/** Options of the stand-in. What a test gives to `start()` comes on top of them. */
	uphance?: Options;
	/** What the user entered into the credential; the demo user unless it says otherwise. */
	form?: ICredentialDataDecryptedObject;
	/** Whether there is a session already: from one read, which the log does not show. */
	signedIn?: boolean;
	/** In place of the shipped ones, for all tests of the file or of the `describe`. */
	limits?: Partial<Limits>;
	/** When it starts: before each test (default), once before all, or when a test calls `start()`. It always ends by itself. */
	starts?: 'beforeEach' | 'beforeAll' | 'inTest';
}

/** The credential of somebody who works for two organisations, for one of them. */
export const groupForm = { email: group.email, organisationId: '9579' };

/** The set-up of nearly all tests: a world that is there in each test, and gone after it. */
export function useWorld({ limits, starts = 'beforeEach', ...setup }: Setup = {}): World {
	const world = new World(setup);
	if (limits) useLimits(limits, starts === 'beforeAll' ? 'file' : 'test');
	if (starts === 'beforeEach') beforeEach(async () => await world.start());
	if (starts === 'beforeAll') beforeAll(async () => await world.start());
	(starts === 'beforeAll' ? afterAll : afterEach)(async () => await world.close());
	return world;
}

let passwords = 0;

interface Running {
	uphance: Sandbox;
	credential: StoredCredential;
	/** What did not fit the description of the API (docs/uphance.openapi.yaml). */
	problems(): string[];
	closed?: boolean;
}

/** A stand-in Uphance and a credential for it. The password differs each time, so that no two tests share a session. */
export class World {
	private running?: Running;

	constructor(private readonly setup: Omit<Setup, 'limits' | 'starts'> = {}) {}

	static async start(options: Options = {}, form: ICredentialDataDecryptedObject = {}): Promise<World> {
		const world = new World({ form });
		await world.start(options);
		return world;
	}

	get uphance(): Sandbox {
		return this.started.uphance;
	}

	get credential(): StoredCredential {
		return this.started.credential;
	}

	/** For tests in which a user sends on purpose what the description does not know. */
	sendsAnything = false;

	/** Starts, or starts anew with nothing left of what was there. */
	async start(options: Options = {}, form = this.setup.form): Promise<void> {
		await this.close();
		const { uphance } = this.setup;
		this.sendsAnything = false;
		this.running = await begin(
			{ ...uphance, ...options, switches: { ...uphance?.switches, ...options.switches } },
			form ?? {},
		);
		if (!this.setup.signedIn) return;
		await this.run({ parameters: { resource: 'season', operation: 'getAll', limit: 1 } });
		this.uphance.clearLog();
	}

	async run(run: Run = {}): Promise<Ran> {
		return await runNode(run.credential ?? this.credential, run);
	}

	/** Another credential of another n8n user, say, that starts without a session. */
	another(form: ICredentialDataDecryptedObject): StoredCredential {
		return { data: { ...this.credential.data, sessionToken: '', ...form }, writes: 0 };
	}

	/** What the sandbox was asked, as "GET /sales_orders page=2". */
	asked(path = ''): string[] {
		return this.uphance
			.log()
			.filter((request) => request.path.startsWith(path))
			.map(({ method, path, query }) => {
				const words = Object.entries(query).map(([name, value]) => `${name}=${value}`);
				return [method, path, ...words].join(' ');
			});
	}

	/** Does nothing where nothing runs. @throws Error when a request or an answer did not fit the description of the API */
	async close(): Promise<void> {
		const { running } = this;
		if (!running || running.closed) return;
		running.closed = true;
		await running.uphance.close();
		const problems = this.sendsAnything ? [] : running.problems();
		if (problems.length > 0) throw new Error(`Not as described: ${[...new Set(problems)].slice(0, 5).join('; ')}`);
	}

	private get started(): Running {
		if (!this.running) throw new Error('The world was not started');
		return this.running;
	}
}

/** Switches that leave the description on purpose: answers are not held against it then. */
const undescribed = ['single', 'invoiceById', 'putValues'] as const;

async function begin(options: Options, form: ICredentialDataDecryptedObject): Promise<Running> {
	forgetKnownIds(); // the system may give the port of an earlier stand-in again
	const answered: Answer[] = [];
	const lists = Object.values(options.lists ?? {});
	let asDescribed =
		!undescribed.some((name) => options.switches?.[name] !== undefined) &&
		lists.every(({ single, meta }) => single === undefined && meta !== false);
	const sandbox = await startUphance({ ...options, onAnswer: (...answer) => asDescribed && answered.push(answer) });
	const uphance: Sandbox = {
		...sandbox,
		fault(fault) {
			asDescribed = false; // nobody describes what goes wrong
			sandbox.fault(fault);
		},
	};
	const problems = () => [
		...uphance
			.log()
			.filter(({ path }) => !path.startsWith('/sandbox'))
			.flatMap(requestProblems),
		...(asDescribed ? answered.flatMap(problemsOf) : []),
	];
	const email = String(form.email ?? demo.email);
	const password = `password ${++passwords}`;
	uphance.changePassword(email, password);
	const data = { email, password, organisationId: '', expires_in: '', apiUrl: uphance.url, sessionToken: '', ...form };
	return { uphance, credential: { data, writes: 0 }, problems };
}

type Answer = Parameters<NonNullable<Options['onAnswer']>>;

/** Answers that are as described. The same records make the same answers, so that most of them are looked at once. */
const described = new Set<string>();

function problemsOf([request, status, body]: Answer): string[] {
	const answer = `${request.method} ${request.path} ${status} ${String(body)}`;
	if (described.has(answer)) return [];
	const problems = answerProblems(request, status, parsed(body));
	if (problems.length === 0) described.add(answer);
	return problems;
}

function parsed(body: unknown): unknown {
	try {
		return JSON.parse(String(body));
	} catch {
		return body;
	}
}
