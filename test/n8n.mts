import 'reflect-metadata';
import { ExecuteContext, LoadOptionsContext } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
} from 'n8n-workflow';
import { Workflow, createEmptyRunExecutionData } from 'n8n-workflow';
import { UphanceApi } from '../credentials/UphanceApi.credentials.ts';
import { Uphance } from '../nodes/Uphance/Uphance.node.ts';
import type { Limits } from '../nodes/Uphance/http/limits.ts';
import { executeItems, findOperation } from '../nodes/Uphance/operations/executeItems.ts';
import { resources } from '../nodes/Uphance/resources/index.ts';
import { limits } from './limits.mts';

export type { Failed } from './failure.mts';
export { failureOf } from './failure.mts';
export { World } from './world.mts';

/** What n8n's database holds of one credential. Reading gives a copy, as decrypting does. */
export interface StoredCredential {
	data: ICredentialDataDecryptedObject;
	/** How often n8n stored a session. */
	writes: number;
}

export const type = new UphanceApi();
const expirable = 'sessionToken';

/** The part of n8n's credentials-helper.ts that requests go through; the rest is n8n-core's. */
export function credentialsHelper(stored: StoredCredential): Partial<ICredentialsHelper> {
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getDecrypted: async () => structuredClone(stored.data),
		authenticate: async (credential, _name, request) =>
			await type.authenticate(credential, request as IHttpRequestOptions),
		preAuthentication: async (helpers, credential, _name, _node, credentialsExpired) => {
			if (credential[expirable] !== '' && !credentialsExpired) return undefined;
			const output = await type.preAuthentication.call(helpers, credential);
			if (output[expirable] === undefined) return undefined;
			stored.data = { ...stored.data, ...structuredClone(output) } as ICredentialDataDecryptedObject;
			stored.writes += 1;
			return Object.assign(credential, output);
		},
	};
}

export interface Run {
	parameters?: INodeParameters;
	items?: IDataObject[];
	continueOnFail?: boolean;
	retryOnFail?: boolean;
	/** Of the workflow, e.g. "America/New_York". */
	timezone?: string;
	signal?: AbortSignal;
	credential?: StoredCredential;
	/** '1' by default; undefined as n8n's MCP Server Trigger runs its tools. */
	executionId?: string;
	/** Of the node in a loop, from 0. */
	runIndex?: number;
	nodeId?: string;
	/** As a tool of an AI agent, which is a node type of its own. */
	asTool?: boolean;
	/** In place of those of the file, for this run. */
	limits?: Partial<Limits>;
}

export interface Ran {
	items: INodeExecutionData[];
	/** The items' contents. */
	records: IDataObject[];
	hints: NodeExecutionHint[];
}

/** The node in its workflow, as both kinds of context want it. */
export function surroundings(credential: StoredCredential, run: Run, nodeType: INodeType) {
	const node: INode = {
		id: run.nodeId ?? 'uphance',
		name: 'Uphance',
		type: run.asTool ? 'n8n-nodes-uphance.uphanceTool' : 'n8n-nodes-uphance.uphance',
		typeVersion: 1,
		position: [0, 0],
		parameters: { resource: 'order', operation: 'getAll', ...run.parameters },
		credentials: { uphanceApi: { id: '1', name: 'Uphance' } },
		retryOnFail: run.retryOnFail,
		onError: run.continueOnFail ? 'continueRegularOutput' : 'stopWorkflow',
	};
	const nodeTypes = {
		getByName: (): INodeType => nodeType,
		getByNameAndVersion: (): INodeType => nodeType,
		getKnownTypes: () => ({}),
	};
	const settings = { timezone: run.timezone };
	const workflow = new Workflow({ id: 'w', nodes: [node], connections: {}, active: false, nodeTypes, settings });
	const additionalData = {
		credentialsHelper: credentialsHelper(credential),
		executionId: 'executionId' in run ? run.executionId : '1',
		variables: {},
		currentNodeParameters: node.parameters,
	} as unknown as IWorkflowExecuteAdditionalData;
	return { workflow, node, additionalData };
}

function contextOf(credential: StoredCredential, run: Run, nodeType: INodeType): ExecuteContext {
	const { workflow, node, additionalData } = surroundings(credential, run, nodeType);
	const input: INodeExecutionData[] = (run.items ?? [{}]).map((json) => ({ json }));
	const data = { main: [input] };
	return new ExecuteContext(
		workflow,
		node,
		additionalData,
		'trigger',
		createEmptyRunExecutionData(),
		run.runIndex ?? 0,
		input,
		data,
		{ node, data, source: null },
		[],
		run.signal,
	);
}

/** Runs the node once, as n8n does, through n8n-core's real context and request code. */
export async function runNode(credential: StoredCredential, run: Run): Promise<Ran> {
	const context = contextOf(credential, run, new Uphance());
	const [items = []] = await executeItems(context, findOperation(context, resources), { ...limits, ...run.limits });
	return { items, records: items.map(({ json }) => json), hints: context.hints };
}

/** Asks for the list of a resource locator, as n8n's editor does. */
export async function listSearch(
	credential: StoredCredential,
	name: string,
	filter?: string,
	paginationToken?: string,
	parameters?: INodeParameters,
): Promise<INodeListSearchResult> {
	const nodeType = new Uphance();
	const { workflow, node, additionalData } = surroundings(credential, { parameters }, nodeType);
	const context = new LoadOptionsContext(workflow, node, additionalData, '');
	const search = nodeType.methods.listSearch[name];
	if (!search) throw new Error(`The node has no list search '${name}'`);
	return await search.call(context, filter, paginationToken, limits);
}

/** Asks for the choices of a dropdown, as n8n's editor does. */
export async function loadOptions(
	credential: StoredCredential,
	name: string,
	parameters?: INodeParameters,
): Promise<INodePropertyOptions[]> {
	const nodeType = new Uphance();
	const { workflow, node, additionalData } = surroundings(credential, { parameters }, nodeType);
	const load = nodeType.methods.loadOptions[name];
	if (!load) throw new Error(`The node has no dropdown '${name}'`);
	return await load.call(new LoadOptionsContext(workflow, node, additionalData, ''), limits);
}

/** Sends the credential's test request as n8n's credentials-tester.service.ts does. */
export async function testCredential(credential: StoredCredential): Promise<unknown> {
	const context = contextOf(credential, {}, new Uphance());
	const { url = '', headers } = type.test.request;
	return await context.helpers.httpRequestWithAuthentication.call(
		context,
		type.name,
		{ baseURL: String(credential.data.apiUrl), url, headers: { ...headers }, json: true },
		{ credentialsDecrypted: { id: '1', name: 'Uphance', type: type.name, data: structuredClone(credential.data) } },
	);
}

/** Sends a request as n8n's own HTTP Request node does, which is how Custom API Call works. */
export async function customApiCall(
	credential: StoredCredential,
	method: 'GET' | 'POST',
	url: string,
	body?: IDataObject,
): Promise<unknown> {
	const context = contextOf(credential, {}, new Uphance());
	const request = { method, url, body, baseURL: String(credential.data.apiUrl), json: true };
	return await context.helpers.requestWithAuthentication.call(context, type.name, request);
}
