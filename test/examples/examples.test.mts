import { describe, expect, test } from '@jest/globals';
import type { INodeExecutionData } from 'n8n-workflow';
import { listExampleFiles } from '../../sandbox/examples.mts';
import type { ExampleWorkflow } from './exampleWorkflow.mts';
import { Resolver, foreignNodes, isUphance, neighbourExamples, readExampleWorkflow } from './exampleWorkflow.mts';

const noteOf = ({ nodes }: ExampleWorkflow) =>
	String(nodes.find(({ type }) => type.endsWith('stickyNote'))?.parameters.content ?? '');

/** How a note names all nodes of a service at once. */
const labels: Record<string, string> = {
	ftp: 'SFTP',
	httpRequest: 'HTTP Request',
	quickbooks: 'QuickBooks',
	slack: 'Slack',
	xero: 'Xero',
};

/** Filter and If give the items that they get; what they leave out here does not matter. */
const givesItsInput = (type: string) => /\.(filter|if)$/.test(type);

const base = { startTime: 0, executionTime: 0, executionIndex: 0 };
const linked = (items: INodeExecutionData[]) => items.map((each, item) => ({ ...each, pairedItem: { item } }));

/** Returns a run in which only the pinned nodes have run, and those behind them that change nothing. */
function runOfPinned({ nodes, connections, pinData = {} }: ExampleWorkflow) {
	const runData: ConstructorParameters<typeof Resolver>[1] = {};
	const pass = (from: string, items: INodeExecutionData[]) => {
		for (const { node: name } of (connections[from]?.main ?? []).flatMap((ends) => ends ?? [])) {
			if (runData[name]?.[0]?.source.length) continue;
			const passes = givesItsInput(nodes.find((node) => node.name === name)?.type ?? '');
			const given = linked(pinData[name] ?? (passes ? items : []));
			const source = [{ previousNode: from, previousNodeOutput: 0, previousNodeRun: 0 }];
			runData[name] = [{ ...base, source, data: { main: [given, given] } }];
			if (passes) pass(name, given);
		}
	};
	for (const [name, items] of Object.entries(pinData))
		runData[name] ??= [{ ...base, source: [], data: { main: [items] } }];
	for (const [name, items] of Object.entries(pinData)) pass(name, items);
	return runData;
}

describe.each(neighbourExamples())('The example %s', (file) => {
	const example = readExampleWorkflow(file);
	const pinned = Object.keys(example.pinData ?? {});

	test('has data for every node of another service, and for none of Uphance', () => {
		expect(pinned.sort()).toEqual(
			foreignNodes(example)
				.map(({ name }) => name)
				.sort(),
		);
		expect(example.nodes.filter(isUphance).length).toBeGreaterThan(0);
		expect(Object.values(example.pinData ?? {}).filter((items) => items.length === 0)).toEqual([]);
	});

	test('says what to unpin', () => {
		const note = noteOf(example);
		expect(note).toMatch(/\*\*To use it:\*\*.+choose your credentials/);
		expect(note).toContain('unpin');
		const isSaid = ({ name, type }: { name: string; type: string }) =>
			note.includes(`*${name}*`) || note.includes(`the ${labels[type.split('.').at(-1) ?? ''] ?? 'other'} nodes`);
		expect(
			foreignNodes(example)
				.filter((node) => !isSaid(node))
				.map(({ name }) => name),
		).toEqual([]);
	});

	test('names nobody: every address is one that cannot exist', () => {
		const text = JSON.stringify(example.pinData);
		const addresses = [...text.matchAll(/[\w.+-]+@[\w.-]+/g)].map(([address]) => address);
		expect(addresses.filter((address) => !/\.example$|^n8n-nodes/.test(address))).toEqual([]);
	});

	test('finds in the data every field that it reads from it', () => {
		const resolver = new Resolver(example, runOfPinned(example));
		const names = example.nodes.map(({ name }) => name);
		expect(names.flatMap((name) => resolver.unresolved(name))).toEqual([]);
	});
});

test('Every example has a name of its own, no code, and a note', () => {
	const examples = listExampleFiles().map((file) => readExampleWorkflow(file));
	expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
	expect(
		examples.filter(({ nodes }) => nodes.some(({ type }) => /\.(code|function|functionItem)$/.test(type))),
	).toEqual([]);
	expect(examples.filter((each) => noteOf(each) === '').map(({ name }) => name)).toEqual(['Every order']);
});
