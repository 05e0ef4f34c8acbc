import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'node:querystring';
import { HookContext, WebhookContext } from 'n8n-core';
import type {
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
	INodeType,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { Workflow, jsonParse } from 'n8n-workflow';
import { UphanceTrigger } from '../../nodes/Uphance/UphanceTrigger.node.ts';
import { handleWebhook } from '../../nodes/Uphance/triggers/webhook/handleWebhook.ts';
import { limits } from '../limits.mts';
import type { StoredCredential } from '../n8n.mts';
import { credentialsHelper } from '../n8n.mts';

export interface Logged {
	level: string;
	text: string;
}

export interface Answer {
	status: number;
	text: string;
}

export interface Call {
	/** After the "?". */
	query?: string;
	/** Content type; null for none. */
	type?: string | null;
	headers?: Record<string, string>;
	/** Hangs up, as one does whose time is up. */
	signal?: AbortSignal;
}

export interface Setting {
	parameters?: INodeParameters;
	/** None: the node has no credential. */
	credential?: StoredCredential;
	mode?: WorkflowExecuteMode;
	/** The same node again, say after its parameters were changed; otherwise one of its own. */
	node?: string;
}

let nodes = 0;

/** What n8n hands to a webhook node, and what it does with the result (webhook-helpers.js), over real HTTP. */
export class Webhook {
	/** The items of each execution that was started. */
	readonly runs: INodeExecutionData[][] = [];
	/** What the node threw: n8n answers 500 and starts an execution that failed. */
	readonly crashes: unknown[] = [];
	readonly logs: Logged[] = [];
	/** Everything that was answered, to whoever asked. */
	readonly answers: Answer[] = [];
	/** Calls whose answer was handed out or whose caller was gone. */
	ended = 0;
	/** What lies between the node's result and the answer: n8n starts the execution first. */
	beforeAnswer?: () => Promise<void>;
	/** n8n fails to start the execution and answers 500. */
	startsNothing = false;
	readonly node: string;
	url = '';
	private readonly server: Server;

	private constructor(public setting: Setting) {
		this.node = setting.node ?? `trigger ${++nodes}`;
		this.server = createServer((request, response) => {
			void this.serve(request, response).finally(() => (this.ended += 1));
		});
	}

	static async start(setting: Setting = {}): Promise<Webhook> {
		const webhook = new Webhook(setting);
		await new Promise<void>((resolve) => webhook.server.listen(0, '127.0.0.1', resolve));
		const { port } = webhook.server.address() as AddressInfo;
		webhook.url = `http://127.0.0.1:${port}/webhook/1/webhook`;
		return webhook;
	}

	/** The contents of the one item of each execution. @throws Error when an execution has not exactly one */
	items(): IDataObject[] {
		return this.runs.map((items) => {
			const [item] = items;
			if (!item || items.length !== 1) throw new Error(`An execution started with ${items.length} items`);
			return item.json;
		});
	}

	/** All log lines of a level or, without one, those that people see: not debug. */
	logged(level?: string): string[] {
		return this.logs
			.filter((line) => (level === undefined ? line.level !== 'debug' : line.level === level))
			.map(({ text }) => text);
	}

	/** Calls it once. @throws Error when there is no answer */
	async post(
		body: string | Buffer | undefined,
		{ query = '', type, headers = {}, signal }: Call = {},
	): Promise<Answer> {
		const contentType = type === null ? {} : { 'Content-Type': type ?? 'application/json' };
		return await new Promise((resolve, reject) => {
			const request = httpRequest(`${this.url}${query && '?'}${query}`, {
				method: 'POST',
				agent: false,
				signal,
				headers: { ...contentType, 'Content-Length': String(Buffer.byteLength(body ?? '')), ...headers },
			});
			request.once('error', reject);
			request.once('response', (response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.once('error', reject);
				response.once('end', () =>
					resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
				);
			});
			request.end(body);
		});
	}

	/** Calls it once with JSON. */
	async send(body: unknown, call?: Call): Promise<Answer> {
		return await this.post(JSON.stringify(body), call);
	}

	/** Activates or ends the webhook, as publishing a workflow does. */
	async lifecycle(method: 'checkExists' | 'create' | 'delete', base: string): Promise<unknown> {
		const nodeType = new UphanceTrigger();
		const { workflow, node, additionalData } = this.surroundings(nodeType);
		const context = new HookContext(
			workflow,
			node,
			{ ...additionalData, webhookBaseUrl: base, webhookTestBaseUrl: base },
			'trigger',
			'activate',
			this.webhookData(nodeType, additionalData),
		);
		this.listen(context);
		return await nodeType.webhookMethods.default[method].call(context);
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async serve(request: IncomingMessage, raw: ServerResponse): Promise<void> {
		const response = this.expressed(raw);
		try {
			const { body, rawBody, refused } = await read(request);
			if (refused !== undefined) return response.status(refused).send('{"message":"n8n"}');
			await this.execute(Object.assign(request, { body, rawBody, query: queryIn(request), params: {} }), response);
		} catch (error) {
			this.crashes.push(error);
			if (!raw.headersSent) response.status(500).send('{"message":"harness"}');
		}
	}

	private async execute(httpRequest: object, response: Expressed): Promise<void> {
		const nodeType = new UphanceTrigger();
		const { workflow, node, additionalData } = this.surroundings(nodeType);
		Object.assign(additionalData, { httpRequest, httpResponse: response });
		const mode = this.setting.mode ?? 'webhook';
		const data = this.webhookData(nodeType, additionalData);
		const context = new WebhookContext(workflow, node, additionalData, mode, data, [], null);
		this.listen(context);
		const result = await handleWebhook(context, limits).catch((error: unknown) => {
			this.crashes.push(error);
			return undefined;
		});
		if (!result) return response.status(500).send('{"message":"Workflow Webhook Error"}');
		const { workflowData, webhookResponse, noWebhookResponse } = result;
		if (workflowData === undefined) {
			if (noWebhookResponse) return;
			return response.status(200).send(webhookResponse ?? { message: 'Webhook call received' });
		}
		if (!this.startsNothing) this.runs.push(workflowData[0] ?? []);
		await this.beforeAnswer?.();
		if (noWebhookResponse) return;
		if (this.startsNothing) response.status(500).send('{"message":"Error in workflow"}');
		else response.status(200).send({ message: 'Workflow was started' });
	}

	/** The few things of Express that n8n and nodes use. */
	private expressed(response: ServerResponse): Expressed {
		const expressed: Expressed = Object.assign(response, {
			status: (code: number) => {
				response.statusCode = code;
				return expressed;
			},
			send: (body: unknown) => {
				const text = typeof body === 'string' ? body : JSON.stringify(body);
				this.answers.push({ status: response.statusCode, text });
				response.end(text);
			},
		});
		return expressed;
	}

	private surroundings(nodeType: INodeType) {
		const { parameters, credential } = this.setting;
		const node: INode = {
			id: this.node,
			name: 'Uphance Trigger',
			type: 'n8n-nodes-uphance.uphanceTrigger',
			typeVersion: 1,
			position: [0, 0],
			webhookId: '0e0f1c7e-1111-4111-8111-111111111111',
			parameters: { events: ['*'], otherEvents: '', fetchRecord: false, options: {}, ...parameters },
			...(credential && { credentials: { uphanceApi: { id: '1', name: 'Uphance' } } }),
		};
		const nodeTypes = {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		};
		const workflow = new Workflow({ id: 'w', nodes: [node], connections: {}, active: true, nodeTypes });
		const additionalData = {
			credentialsHelper: credentialsHelper(credential ?? { data: {}, writes: 0 }),
			variables: {},
			currentNodeParameters: node.parameters,
			webhookBaseUrl: 'https://n8n.example.com/webhook',
			webhookTestBaseUrl: 'https://n8n.example.com/webhook-test',
		} as unknown as IWorkflowExecuteAdditionalData;
		return { workflow, node, additionalData };
	}

	private webhookData(
		nodeType: INodeType,
		workflowExecuteAdditionalData: IWorkflowExecuteAdditionalData,
	): IWebhookData {
		const [webhookDescription] = nodeType.description.webhooks ?? [];
		if (!webhookDescription) throw new Error('The node has no webhook');
		return {
			httpMethod: 'POST',
			node: 'Uphance Trigger',
			path: 'webhook',
			webhookDescription,
			workflowId: 'w',
			workflowExecuteAdditionalData,
			isTest: this.setting.mode === 'manual',
		};
	}

	private listen(context: object): void {
		const note =
			(level: string) =>
			(...what: unknown[]): void =>
				void this.logs.push({ level, text: what.map(textOf).join(' ') });
		const logger = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
		Object.defineProperty(context, 'logger', { value: logger });
	}
}

interface Expressed extends ServerResponse {
	status(code: number): Expressed;
	send(body: unknown): void;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** As n8n reads bodies (body-parser.js): by content type, or else only raw; what it refuses by itself comes as a status. */
async function read(request: IncomingMessage): Promise<{ body?: unknown; rawBody?: Buffer; refused?: number }> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const rawBody = Buffer.concat(chunks);
	if (rawBody.length > 16 * 1024 * 1024) return { refused: 500 };
	const [contentType] = (request.headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase());
	const text = rawBody.toString().replace(/^\uFEFF/, '');
	if (rawBody.length === 0) return { rawBody };
	try {
		if (contentType === 'application/json') return { rawBody, body: jsonParse(text) };
	} catch {
		return { refused: 422 };
	}
	if (contentType === 'application/x-www-form-urlencoded') return { rawBody, body: parse(text) };
	return contentType === 'text/plain' ? { rawBody, body: rawBody.toString() } : { rawBody };
}

/** As Express reads them: what comes twice, or with brackets, is a list. */
function queryIn({ url = '' }: IncomingMessage): Record<string, unknown> {
	const query: Record<string, unknown> = {};
	const given = new URL(url, 'http://n8n').searchParams;
	for (const key of given.keys()) {
		const values = given.getAll(key);
		query[key.replace(/\[.*$/, '')] = key.includes('[') || values.length > 1 ? values : values[0];
	}
	return query;
}
