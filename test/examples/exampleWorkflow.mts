import type { IConnections, INode, INodeParameters, IPinData, IRunExecutionData } from 'n8n-workflow';
import { Workflow, createRunExecutionData } from 'n8n-workflow';
import { listExampleFiles, readExample } from '../../sandbox/examples.mts';

/** An example as its file has it. */
export interface ExampleWorkflow {
	name: string;
	nodes: INode[];
	connections: IConnections;
	pinData?: IPinData;
	settings: object;
}

export const readExampleWorkflow = (file: string, credential = ''): ExampleWorkflow =>
	JSON.parse(readExample(file, credential));

/** The nodes of n8n that need no account and no model. They run for real, like those of Uphance. */
const ownNodes = [
	'compareDatasets',
	'convertToFile',
	'dataTable',
	'extractFromFile',
	'filter',
	'if',
	'manualTrigger',
	'merge',
	'removeDuplicates',
	'scheduleTrigger',
	'set',
	'splitOut',
	'stickyNote',
	'stopAndError',
	'summarize',
].map((name) => `n8n-nodes-base.${name}`);
/** An agent and its parts; only the agent can have pinned data. */
const isAi = ({ type }: INode): boolean => type.startsWith('@n8n/n8n-nodes-langchain.');

export const isUphance = ({ type }: INode): boolean => type.startsWith('n8n-nodes-uphance.');
/** The nodes of other services, which have pinned data, and an agent that has. */
export const foreignNodes = ({ nodes, pinData = {} }: ExampleWorkflow): INode[] =>
	nodes.filter((node) => (isAi(node) ? node.name in pinData : !isUphance(node) && !ownNodes.includes(node.type)));

/** The examples that have a node of another service. */
export const neighbourExamples = (): string[] =>
	listExampleFiles().filter((file) => foreignNodes(readExampleWorkflow(file)).length > 0);

/** The node that a run starts with. */
export function triggerOf({ name, nodes }: ExampleWorkflow): INode {
	const trigger = nodes.find(({ type }) => /trigger$/i.test(type) && !type.endsWith('chatTrigger'));
	if (!trigger) throw new Error(`${name} has no trigger.`);
	return trigger;
}

const emptyType = {
	description: {
		displayName: '',
		name: '',
		group: [],
		version: 1,
		description: '',
		defaults: {},
		inputs: [],
		outputs: [],
		properties: [],
	},
};

/** Resolves expressions of an example as n8n does, with what a run of it left. */
export class Resolver {
	private readonly workflow: Workflow;
	private readonly data: IRunExecutionData;

	constructor(
		private readonly example: ExampleWorkflow,
		runData: IRunExecutionData['resultData']['runData'],
	) {
		this.workflow = new Workflow({
			// It removes parameters that it does not know, and knows none.
			nodes: structuredClone(example.nodes),
			connections: example.connections,
			active: false,
			nodeTypes: { getByName: () => emptyType, getByNameAndVersion: () => emptyType, getKnownTypes: () => ({}) },
			settings: { timezone: 'Europe/London' },
		});
		this.data = createRunExecutionData({ resultData: { runData } });
	}

	/** Returns the items that a node got in its last run; none if it did not run. */
	inputOf(name: string) {
		const { runData } = this.data.resultData;
		const run = runData[name]?.at(-1);
		const [source] = run?.source ?? [];
		if (!source) return [];
		const before = runData[source.previousNode]?.[source.previousNodeRun ?? 0];
		const items = before?.data?.main?.[source.previousNodeOutput ?? 0] ?? [];
		// As n8n does before it runs a node: an item is linked to the output that it comes from.
		return items.map((each, item) => ({ ...each, pairedItem: { item } }));
	}

	/** Returns a node's parameters for each item that it got, as it would have used them if it were not pinned. */
	parametersOf(name: string): INodeParameters[] {
		return this.inputOf(name).map((_, item) => this.resolve(name, this.nodeOf(name).parameters, item));
	}

	/**
	 * Returns each expression of a node that has no value for one of its first items. A null is a value. Expressions that name
	 * a node which did not run before this one are left out.
	 */
	unresolved(name: string): string[] {
		const before = this.nodesBefore(name);
		const expressions = findExpressions(this.nodeOf(name).parameters).filter((each) =>
			[...each.matchAll(/\$\('(.+?)'\)/g)].every(([, named = '']) => before.has(named)),
		);
		const first = this.inputOf(name).slice(0, 20);
		return first.flatMap((_, item) =>
			expressions.filter((each) => !this.hasValue(name, each, item)).map((each) => `${name}, item ${item}: ${each}`),
		);
	}

	/** Returns the nodes whose items a node got in its last run, directly or through others. */
	private nodesBefore(name: string, found = new Set<string>()): Set<string> {
		for (const source of this.data.resultData.runData[name]?.at(-1)?.source ?? []) {
			if (!source || found.has(source.previousNode)) continue;
			found.add(source.previousNode);
			this.nodesBefore(source.previousNode, found);
		}
		return found;
	}

	private hasValue(name: string, expression: string, item: number): boolean {
		try {
			return this.resolve(name, { value: expression }, item).value !== undefined;
		} catch {
			return false;
		}
	}

	private nodeOf(name: string): INode {
		const node = this.example.nodes.find((each) => each.name === name);
		if (!node) throw new Error(`${this.example.name} has no node ${name}.`);
		return node;
	}

	private resolve(name: string, parameters: INodeParameters, item: number): INodeParameters {
		const items = this.inputOf(name);
		const node = this.nodeOf(name);
		const source = this.data.resultData.runData[name]?.at(-1)?.source ?? [];
		return this.workflow.expression.getParameterValue(
			parameters,
			this.data,
			0,
			item,
			name,
			items,
			'manual',
			{},
			{ data: { main: [items] }, node, source: { main: source } },
		) as INodeParameters;
	}
}

/** Returns every expression in parameters; a text with several gives each of them by itself. */
function findExpressions(value: unknown): string[] {
	if (typeof value === 'string' && value.startsWith('='))
		return [...value.matchAll(/\{\{(.+?)\}\}/gs)].map(([text]) => `=${text}`);
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(findExpressions);
}
