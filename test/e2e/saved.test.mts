import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { runCommand } from '../../sandbox/n8n/server.mts';
import { impossible, issues, opened } from '../saving/editor.mts';
import type { SavedWorkflow, WhatComes } from '../saving/whatComes.mts';
import { whatComes } from '../saving/whatComes.mts';
import type { RealN8n } from './realN8n.mts';
import { startRealN8n } from './realN8n.mts';

/*
 * What n8n exported of workflows and a credential that were made with each released version, what its editor showed of them,
 * and what came out of every node of the stand-in Uphance: `npm run save` made all of it. Nothing of it is ever
 * changed: a workflow of a user is not, either.
 */
const saved = join(__dirname, '../saved');

type Saved = SavedWorkflow & { nodes: INode[] };

let real: RealN8n;
beforeAll(async () => void (real = await startRealN8n({ orders: 250 })), 600_000);
afterAll(async () => await real?.stop());

describe.each(readdirSync(saved))('What version %s saved', (version) => {
	const read = (file: string) => JSON.parse(readFileSync(join(saved, version, file), 'utf8'));
	const workflows: Saved[] = read('workflows.json');

	test('is imported', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'uphance-saved-'));
		try {
			const [credential] = read('credentials.json');
			// Only the address of the stand-in Uphance is another each time.
			const here = [{ ...credential, data: { ...credential.data, apiUrl: real.uphance.url } }];
			writeFileSync(join(folder, 'credentials.json'), JSON.stringify(here));
			for (const args of [
				['import:credentials', `--input=${join(folder, 'credentials.json')}`],
				['import:workflow', `--input=${join(saved, version, 'workflows.json')}`],
			]) {
				expect(await runCommand(real.home, args)).toMatchObject({ code: 0 });
			}
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test('opens in the editor with the same values in the same fields', async () => {
		const described = (await real.n8n.get('/types/nodes.json')) as INodeTypeDescription[];
		const before: Record<string, INodeParameters> = read('opened.json');
		const nodes = workflows.flatMap((workflow) => workflow.nodes);
		expect(Object.keys(before).sort()).toEqual(nodes.map(({ name }) => name).sort());
		for (const { id, nodes: own } of workflows) {
			expect((await real.n8n.readWorkflow<Saved>(id)).nodes).toEqual(own);
			for (const node of own) {
				const type = described.find(({ name }) => name === node.type);
				if (!type) throw new Error(`n8n has no ${node.type}`);
				// A later version may show more fields.
				expect({ name: node.name, ...opened(node, type) }).toMatchObject({ name: node.name, ...before[node.name] });
				expect([node.name, issues(node, type), impossible(node, type)]).toEqual([node.name, null, []]);
			}
		}
	});

	const output: WhatComes = read('output.json');
	const again = async (kind: string) => {
		const workflow = workflows.find(({ name }) => name.endsWith(kind));
		if (!workflow) throw new Error(`There is no workflow of ${kind}`);
		const now = await whatComes(real, workflow);
		for (const [name, { items, fields }] of Object.entries(now)) {
			const before = output[name];
			expect({ name, items, fields }).toEqual({
				name,
				...before,
				fields: expect.arrayContaining(before?.fields ?? ['']),
			});
		}
		return Object.keys(now).length;
	};

	test('runs: every operation gives as many items, with at least the same fields', async () => {
		expect(await again('every operation')).toBeGreaterThan(90);
	});

	// n8n 1 publishes no workflow that n8n 2 exported.
	test('starts by itself in n8n 2 as before: every trigger gives an item', async () => {
		expect(await again('triggers')).toBeGreaterThan(3);
	});
});
