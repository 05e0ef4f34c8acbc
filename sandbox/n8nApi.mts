import { parse } from 'flatted';

export const owner = { email: 'owner@example.com', password: 'Uphance-sandbox-1' };

export interface Item {
	json: Record<string, unknown>;
	error?: unknown;
}

/** One execution, as stored by n8n. */
export interface Execution {
	id: string;
	status: string;
	/** By node name: the items of its first output, its hints, its duration and its error. */
	nodes: Record<string, { items: Item[]; hints: string[]; milliseconds: number; error?: string }>;
	error?: { message: string; description?: string };
	/** The items of its trigger, even if n8n was killed before the execution ended. */
	triggered: Item[];
	/** The stored execution data, as text. */
	stored: string;
}

export interface CredentialTestResult {
	status: string;
	message: string;
}

/** A request of the editor for the entries of a list or dropdown. */
export interface DynamicParameterRequest {
	/** Full node type. */
	node: string;
	credential: string;
	/** Path of the field, e.g. "parameters.orderId". */
	path: string;
	/** Name of a method in the node's `listSearch` or `loadOptions`. */
	methodName: string;
	parameters: object;
	filter?: string;
	paginationToken?: string;
}

interface RunData {
	executionIndex?: number;
	executionTime: number;
	/** Undefined for a tool of an agent, which has another type of output. */
	data?: { main?: Item[][] };
	hints?: Array<{ message: string }>;
	error?: { message: string };
}

/**
 * A client for n8n's internal REST API, which its editor uses. It is outside the folder n8n/, because there an
 * incomplete n8n installation would have to provide the package `flatted`.
 */
export class N8nApi {
	private cookie = '';

	constructor(readonly url: string) {}

	/** Creates the owner of a new n8n, or signs in as the owner. @throws Error if n8n rejects the sign-in */
	async signIn(): Promise<void> {
		const { email, password } = owner;
		const setup = { email, password, firstName: 'Uphance', lastName: 'Sandbox' };
		const created = await this.send('POST', '/owner/setup', setup);
		const response = created.ok ? created : await this.send('POST', '/login', { emailOrLdapLoginId: email, password });
		if (!response.ok) throw new Error(`n8n did not accept the owner's login: ${await response.text()}`);
		this.cookie = response.headers
			.getSetCookie()
			.map((each) => each.split(';')[0])
			.join('; ');
	}

	/** @returns the id of the credential */
	async createCredential(name: string, data: Record<string, unknown>, type = 'uphanceApi'): Promise<string> {
		const { id } = await this.requestData<{ id: string }>('POST', '/credentials', { name, type, data });
		return id;
	}

	async updateCredential(id: string, name: string, data: Record<string, unknown>): Promise<void> {
		await this.requestData('PATCH', `/credentials/${id}`, { name, type: 'uphanceApi', data });
	}

	/** @returns the id of the credential, or undefined */
	async findCredential(name: string): Promise<string | undefined> {
		const all = await this.requestData<Array<{ id: string; name: string }>>('GET', '/credentials');
		return all.find((each) => each.name === name)?.id;
	}

	/** Returns the credential's data as the editor gets it: secrets are replaced by placeholders. */
	async readCredential(id: string): Promise<Record<string, unknown>> {
		const { data } = await this.requestData<{ data: Record<string, unknown> }>(
			'GET',
			`/credentials/${id}?includeData=true`,
		);
		return data;
	}

	async testCredential(id: string, name: string): Promise<CredentialTestResult> {
		const data = await this.readCredential(id);
		return await this.requestData('POST', '/credentials/test', { credentials: { id, name, type: 'uphanceApi', data } });
	}

	async createWorkflow(workflow: object): Promise<string> {
		const { id } = await this.requestData<{ id: string }>('POST', '/workflows', { active: false, ...workflow });
		return id;
	}

	async readWorkflow<T>(id: string): Promise<T> {
		return await this.requestData('GET', `/workflows/${id}`);
	}

	/**
	 * Publishes a workflow and waits until its triggers are active.
	 *
	 * @throws Error with n8n's reason if publishing fails
	 */
	async publishWorkflow(id: string): Promise<void> {
		const { versionId } = await this.readWorkflow<{ versionId: string }>(id);
		await this.requestData('POST', `/workflows/${id}/activate`, { versionId });
		for (;;) {
			const path = `/workflows/${id}/publication-status`;
			const response = await this.send('GET', path);
			// n8n 1 has no such route: its workflows are active once /activate has responded.
			if (response.status === 404) return;
			const publication = await readData<{ status: string }>(response, `GET ${path}`);
			if (publication.status === 'published') return;
			if (publication.status !== 'in_progress')
				throw new Error(`n8n did not publish the workflow: ${JSON.stringify(publication)}`);
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Deactivates the triggers of a workflow. */
	async unpublishWorkflow(id: string): Promise<void> {
		await this.requestData('POST', `/workflows/${id}/deactivate`, {});
	}

	/** @returns the ids of all workflows */
	async listWorkflows(): Promise<string[]> {
		const all = await this.requestData<Array<{ id: string }>>('GET', '/workflows');
		return all.map(({ id }) => id);
	}

	/** @returns the id of the workflow, or undefined */
	async findWorkflow(name: string): Promise<string | undefined> {
		const all = await this.requestData<Array<{ id: string; name: string }>>('GET', '/workflows');
		return all.find((each) => each.name === name)?.id;
	}

	/** Runs a workflow from one of its triggers, like a manual run in the editor, and waits until it ends. */
	async runWorkflow(id: string, trigger = 'Run'): Promise<Execution> {
		return await this.waitForExecution(await this.startWorkflow(id, trigger));
	}

	/** Starts a workflow like runWorkflow(), without waiting. @returns the id of the execution */
	async startWorkflow(id: string, trigger = 'Run'): Promise<string> {
		// n8n 1 runs the workflow in the request, n8n 2 the stored one.
		const body = { workflowData: await this.readWorkflow(id), triggerToStartFrom: { name: trigger } };
		const { executionId } = await this.requestData<{ executionId: string }>('POST', `/workflows/${id}/run`, body);
		return executionId;
	}

	/** Waits for the latest execution of a workflow. @throws Error if there is none */
	async getLatestExecution(workflow: string): Promise<Execution> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
		const { results } = await this.requestData<{ results: Array<{ id: string }> }>(
			'GET',
			`/executions?filter=${filter}&limit=1`,
		);
		const [latest] = results;
		if (!latest) throw new Error('The workflow has no execution');
		return await this.waitForExecution(latest.id);
	}

	/** Waits until all executions of a workflow have ended. @returns them, oldest first */
	async waitForExecutions(workflow: string): Promise<Execution[]> {
		const found = new Map<string, Execution>();
		for (;;) {
			const ids = await this.listExecutionIds(workflow);
			const missing = ids.filter((id) => !found.has(id));
			// An execution that ends while n8n builds the list may be missing in it, so read until nothing is new.
			if (missing.length === 0) return ids.map((id) => found.get(id)).filter((each) => each !== undefined);
			for (const id of missing) found.set(id, await this.waitForExecution(id));
		}
	}

	private async listExecutionIds(workflow: string): Promise<string[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId: workflow }));
		const ids = new Set<string>();
		let pageQuery: string | undefined = '';
		while (pageQuery !== undefined) {
			const page: { results: Array<{ id: string }>; nextCursor?: string | null } = await this.requestData(
				'GET',
				`/executions?filter=${filter}&limit=100${pageQuery}`,
			);
			for (const { id } of page.results) ids.add(id);
			// n8n 1 continues after an id, n8n 2 after a cursor.
			const last = page.nextCursor === undefined && page.results.length === 100 ? page.results.at(-1)?.id : undefined;
			pageQuery = page.nextCursor ? `&cursor=${encodeURIComponent(page.nextCursor)}` : last && `&lastId=${last}`;
		}
		return [...ids].sort((one, other) => Number(one) - Number(other));
	}

	/** Waits until an execution has ended and its data is stored. */
	async waitForExecution(id: string): Promise<Execution> {
		for (;;) {
			const { status, data } = await this.requestData<{ status: string; data: string }>('GET', `/executions/${id}`);
			// n8n 1 sets the final status a moment before it stores the data.
			const isStored = !['new', 'running', 'waiting'].includes(status) && data !== '[]';
			if (isStored) return { id, status, ...parseExecution(data) };
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
	}

	/** Loads the entries of a list or dropdown of a node, as the editor does when it opens. */
	async loadDynamicParameter<T>(
		kind: 'options' | 'resource-locator-results',
		request: DynamicParameterRequest,
	): Promise<T> {
		const { node, credential, path, methodName, parameters, ...rest } = request;
		return await this.requestData('POST', `/dynamic-node-parameters/${kind}`, {
			path,
			methodName,
			nodeTypeAndVersion: { name: node, version: 1 },
			currentNodeParameters: parameters,
			credentials: { uphanceApi: { id: credential, name: 'Uphance' } },
			...rest,
		});
	}

	/** Returns the JSON at a path of the n8n server. */
	async get(path: string): Promise<unknown> {
		return await (await fetch(this.url + path, { headers: { cookie: this.cookie } })).json();
	}

	/** Sends a request to n8n's public API with a new API key. */
	async publicApi(method: string, path: string, scope: string, body: object): Promise<Response> {
		const key = { label: crypto.randomUUID(), scopes: [scope], expiresAt: null };
		const { rawApiKey } = await this.requestData<{ rawApiKey: string }>('POST', '/api-keys', key);
		const headers = { 'content-type': 'application/json', 'x-n8n-api-key': rawApiKey };
		return await fetch(`${this.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
	}

	private async requestData<T>(method: string, path: string, body?: unknown): Promise<T> {
		return await readData<T>(await this.send(method, path, body), `${method} ${path}`);
	}

	private async send(method: string, path: string, body?: unknown): Promise<Response> {
		return await fetch(`${this.url}/rest${path}`, {
			method,
			// After seconds of load n8n closes idle connections at the moment when they are used again.
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

/** Returns the `data` of a response. @throws Error with n8n's message if the status is not 2xx */
async function readData<T>(response: Response, request: string): Promise<T> {
	if (!response.ok) throw new Error(`n8n responded with ${response.status} to ${request}: ${await response.text()}`);
	return ((await response.json()) as { data: T }).data;
}

function parseExecution(stored: string): Omit<Execution, 'id' | 'status'> {
	const { resultData, executionData } = parse(stored) as {
		resultData: { runData?: Record<string, RunData[]>; error?: { message: string; description?: string } };
		executionData?: { nodeExecutionStack?: Array<{ data?: RunData['data'] }> };
	};
	const runs = Object.entries(resultData.runData ?? {});
	const nodes = runs.map(([name, nodeRuns]) => {
		const last = nodeRuns.at(-1);
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
	// After a kill, the trigger's items are in the stack of pending nodes; the results contain an item of n8n's own.
	const [pending] = executionData?.nodeExecutionStack ?? [];
	const [first] = runs.flatMap(([, nodeRuns]) => nodeRuns).sort((one, other) => getIndex(one) - getIndex(other));
	const triggered = (pending ?? first)?.data?.main?.[0] ?? [];
	return { nodes: Object.fromEntries(nodes), error: resultData.error, triggered, stored };
}

const getIndex = ({ executionIndex }: RunData): number => executionIndex ?? 0;
