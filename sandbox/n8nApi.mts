import { parse } from 'flatted';

export const owner = { email: 'owner@example.com', password: 'Uphance-sandbox-1' };

export interface Item {
	json: Record<string, unknown>;
	error?: unknown;
}

/** One execution as n8n stored it. */
export interface Execution {
	id: string;
	status: string;
	/** By node: the items of its first output, its hints, and the milliseconds it took. */
	nodes: Record<string, { items: Item[]; hints: string[]; milliseconds: number; error?: string }>;
	error?: { message: string; description?: string };
	/** What its trigger gave, also when n8n was killed before the end. */
	triggered: Item[];
	/** Everything n8n stored, as text. */
	stored: string;
}

export interface CredentialTest {
	status: string;
	message: string;
}

export interface EditorQuestion {
	node: string;
	credential: string;
	/** Of the field, e.g. "parameters.orderId". */
	path: string;
	/** A method of the node's `listSearch` or `loadOptions`. */
	methodName: string;
	parameters: object;
	filter?: string;
	paginationToken?: string;
}

interface RunData {
	executionIndex?: number;
	executionTime: number;
	/** A tool of an agent has another kind of output. */
	data?: { main?: Item[][] };
	hints?: Array<{ message: string }>;
	error?: { message: string };
}

/**
 * n8n's own REST API, as its editor uses it. Not in the folder n8n/, where an interrupted installation would be asked for
 * the package imported here.
 */
export class N8nApi {
	private cookie = '';

	constructor(private readonly url: string) {}

	/** Creates the owner on a new n8n, signs in otherwise. */
	async signIn(): Promise<void> {
		const { email, password } = owner;
		const setup = { email, password, firstName: 'Uphance', lastName: 'Sandbox' };
		const created = await this.send('POST', '/owner/setup', setup);
		const answer = created.ok ? created : await this.send('POST', '/login', { emailOrLdapLoginId: email, password });
		if (!answer.ok) throw new Error(`n8n did not accept the owner's login: ${await answer.text()}`);
		this.cookie = answer.headers
			.getSetCookie()
			.map((each) => each.split(';')[0])
			.join('; ');
	}

	async createCredential(name: string, data: Record<string, unknown>, type = 'uphanceApi'): Promise<string> {
		const { id } = await this.json<{ id: string }>('POST', '/credentials', { name, type, data });
		return id;
	}

	async updateCredential(id: string, name: string, data: Record<string, unknown>): Promise<void> {
		await this.json('PATCH', `/credentials/${id}`, { name, type: 'uphanceApi', data });
	}

	async findCredential(name: string): Promise<string | undefined> {
		const all = await this.json<Array<{ id: string; name: string }>>('GET', '/credentials');
		return all.find((each) => each.name === name)?.id;
	}

	/** As the editor shows it: secrets are blanked out. */
	async readCredential(id: string): Promise<Record<string, unknown>> {
		const { data } = await this.json<{ data: Record<string, unknown> }>('GET', `/credentials/${id}?includeData=true`);
		return data;
	}

	async testCredential(id: string, name: string): Promise<CredentialTest> {
		const data = await this.readCredential(id);
		return await this.json('POST', '/credentials/test', { credentials: { id, name, type: 'uphanceApi', data } });
	}

	async createWorkflow(workflow: object): Promise<string> {
		const { id } = await this.json<{ id: string }>('POST', '/workflows', { active: false, ...workflow });
		return id;
	}

	async readWorkflow<T>(id: string): Promise<T> {
		return await this.json('GET', `/workflows/${id}`);
	}

	/** Waits until its triggers can start it: its URLs can be called, its polling has begun. @throws Error with n8n's reason */
	async publishWorkflow(id: string): Promise<void> {
		const { versionId } = await this.readWorkflow<{ versionId: string }>(id);
		await this.json('POST', `/workflows/${id}/activate`, { versionId });
		for (;;) {
			const path = `/workflows/${id}/publication-status`;
			const answer = await this.send('GET', path);
			// n8n 1 has no such question: there a workflow is published once it says so.
			if (answer.status === 404) return;
			const publication = await dataOf<{ status: string }>(answer, `GET ${path}`);
			if (publication.status === 'published') return;
			if (publication.status !== 'in_progress') throw new Error(`Not published: ${JSON.stringify(publication)}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Takes its triggers away. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.json('POST', `/workflows/${id}/deactivate`, {});
	}

	async findWorkflow(name: string): Promise<string | undefined> {
		const all = await this.json<Array<{ id: string; name: string }>>('GET', '/workflows');
		return all.find((each) => each.name === name)?.id;
	}

	/** Runs a workflow from one of its triggers, as a test in the editor does, and waits for the end. */
	async runWorkflow(id: string, trigger = 'Run'): Promise<Execution> {
		return await this.execution(await this.startWorkflow(id, trigger));
	}

	/** @returns the id of the execution, which may have ended by then */
	async startWorkflow(id: string, trigger = 'Run'): Promise<string> {
		// n8n 1 runs the workflow that it is sent, n8n 2 the one that it has.
		const body = { workflowData: await this.readWorkflow(id), triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.json<{ executionId: string }>('POST', `/workflows/${id}/run`, body);
		return executionId;
	}

	async latestExecution(workflow: string): Promise<Execution> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
		const { results } = await this.json<{ results: Array<{ id: string }> }>(
			'GET',
			`/executions?filter=${filter}&limit=1`,
		);
		const [latest] = results;
		if (!latest) throw new Error('The workflow was never run');
		return await this.execution(latest.id);
	}

	/** All of a workflow, in the order they began, after the end of all. */
	async executions(workflow: string): Promise<Execution[]> {
		const found = new Map<string, Execution>();
		for (;;) {
			const ids = await this.executionIds(workflow);
			const unread = ids.filter((id) => !found.has(id));
			// Only a list in which nothing is new is complete: what ends while n8n makes it may be missing in it.
			if (unread.length === 0) return ids.map((id) => found.get(id)).filter((each) => each !== undefined);
			for (const id of unread) found.set(id, await this.execution(id));
		}
	}

	private async executionIds(workflow: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
		const ids = new Set<string>();
		let more: string | undefined = '';
		while (more !== undefined) {
			const page: { results: Array<{ id: string }>; nextCursor?: string | null } = await this.json(
				'GET',
				`/executions?filter=${filter}&limit=100${more}`,
			);
			for (const { id } of page.results) ids.add(id);
			// n8n 1 goes on from an id, n8n 2 from a cursor.
			const last = page.nextCursor === undefined && page.results.length === 100 ? page.results.at(-1)?.id : undefined;
			more = page.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : last && `&lastId=${last}`;
		}
		return [...ids].sort((one, other) => Number(one) - Number(other));
	}

	async execution(id: string): Promise<Execution> {
		for (;;) {
			const { status, data } = await this.json<{ status: string; data: string }>('GET', `/executions/${id}`);
			// n8n 1 says that an execution has ended a moment before it stores what came out.
			const isStored = !['new', 'running', 'waiting'].includes(status) && data !== '[]';
			if (isStored) return { id, status, ...readExecution(data) };
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** What the editor asks for while somebody opens a list or a dropdown of a node. */
	async dynamicParameter<T>(kind: 'options' | 'resource-locator-results', asked: EditorQuestion): Promise<T> {
		const { node, credential, path, methodName, parameters, ...rest } = asked;
		return await this.json('POST', `/dynamic-node-parameters/${kind}`, {
			path,
			methodName,
			nodeTypeAndVersion: { name: node, version: 1 },
			currentNodeParameters: parameters,
			credentials: { uphanceApi: { id: credential, name: 'Uphance' } },
			...rest,
		});
	}

	/** Anything else under /rest, or a file n8n serves. */
	async get(path: string): Promise<unknown> {
		return await (await fetch(this.url + path, { headers: { cookie: this.cookie } })).json();
	}

	/** Sends a request to n8n's public API, with a key of its own. */
	async publicApi(method: string, path: string, scope: string, body: object): Promise<Response> {
		const key = { label: crypto.randomUUID(), scopes: [scope], expiresAt: null };
		const { rawApiKey } = await this.json<{ rawApiKey: string }>('POST', '/api-keys', key);
		const headers = { 'content-type': 'application/json', 'x-n8n-api-key': rawApiKey };
		return await fetch(`${this.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
	}

	private async json<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await dataOf<T>(await this.send(method, path, body), `${method} ${path}`);
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		return await fetch(`${this.url}/rest${path}`, {
			method,
			// An n8n that was busy for seconds closes connections that were idle meanwhile, just when they are used again.
			headers: {
				'content-type': 'application/json',
				cookie: this.cookie,
				'browser-id': 'sandbox',
				connection: 'close',
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	}
}

/** @throws Error with what n8n says when it refuses */
async function dataOf<T>(answer: Response, request: string): Promise<T> {
	if (!answer.ok) throw new Error(`n8n answered ${answer.status} to ${request}: ${await answer.text()}`);
	return ((await answer.json()) as { data: T }).data;
}

function readExecution(stored: string): Omit<Execution, 'id' | 'status'> {
	const { resultData, executionData } = parse(stored) as {
		resultData: { runData?: Record<string, RunData[]>; error?: { message: string; description?: string } };
		executionData?: { nodeExecutionStack?: Array<{ data?: RunData['data'] }> };
	};
	const runs = Object.entries(resultData.runData ?? {});
	const nodes = runs.map(([name, own]) => {
		const last = own.at(-1);
		return [
			name,
			{
				items: last?.data?.main?.[0] ?? [],
				hints: (last?.hints ?? []).map(({ message }) => message),
				milliseconds: last?.executionTime ?? 0,
				error: last?.error?.message,
			},
		];
	});
	// Of a run that was killed, what it began with is still to be run; in its results n8n puts an item of its own.
	const [toRun] = executionData?.nodeExecutionStack ?? [];
	const [first] = runs.flatMap(([, own]) => own).sort((one, other) => indexOf(one) - indexOf(other));
	const triggered = (toRun ?? first)?.data?.main?.[0] ?? [];
	return { nodes: Object.fromEntries(nodes), error: resultData.error, triggered, stored };
}

const indexOf = ({ executionIndex }: RunData): number => executionIndex ?? 0;
