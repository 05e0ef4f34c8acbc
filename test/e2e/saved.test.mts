import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { runCommand } from '../../sandbox/n8n/home.mts';
import type { RealN8n } from './realN8n.mts';
import { startRealN8n } from './realN8n.mts';

/*
 * What n8n exported of workflows and a credential that were made with each released version, with what came out of every
 * node of the stand-in Uphance. Nothing of it is ever changed: a workflow of a user is not, either.
 */
const saved = join(__dirname, '../saved');

interface Saved {
	id: string;
	name: string;
	nodes: Array<{ name: string; type: string; parameters: Record<string, unknown> }>;
}

let real: RealN8n;
beforeAll(async () => void (real = await startRealN8n({ orders: 250 })), 600_000);
afterAll(async () => await real?.stop());

/** Every name that parameters have, however deep, but for the inside of locators and of n8n's own poll times. */
function namesIn(parameters: unknown): string[] {
	if (Array.isArray(parameters)) return parameters.flatMap(namesIn);
	if (typeof parameters !== 'object' || parameters === null || '__rl' in parameters) return [];
	return Object.entries(parameters).flatMap(([name, value]) =>
		name === 'pollTimes' ? [name] : [name, ...namesIn(value)],
	);
}

describe.each(readdirSync(saved))('What version %s saved', (version) => {
	const read = (file: string) => readFileSync(join(saved, version, file), 'utf8');
	const workflows: Saved[] = JSON.parse(read('workflows.json'));
	const workflow = (kind: string) => workflows.find(({ name }) => name.endsWith(kind)) ?? workflows[0];

	test('is imported', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'uphance-saved-'));
		try {
			// Only the address of the stand-in Uphance is another each time.
			const credentials = read('credentials.json').replaceAll('http://127.0.0.1:4010', real.uphance.url);
			writeFileSync(join(folder, 'credentials.json'), credentials);
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

	test('opens unchanged, with parameters that there still are', async () => {
		const described = (await real.n8n.get('/types/nodes.json')) as Array<{
			name: string;
			properties: INodeProperties[];
		}>;
		for (const { id, nodes } of workflows) {
			expect((await real.n8n.readWorkflow<Saved>(id)).nodes).toEqual(nodes);
			for (const { type, parameters } of nodes) {
				const known = JSON.stringify(described.find(({ name }) => name === type)?.properties);
				expect(namesIn(parameters).filter((name) => !known.includes(`"name":"${name}"`))).toEqual([]);
			}
		}
	});

	test('runs, and every node gives as many items with at least the same fields', async () => {
		const { status, nodes } = await real.n8n.runWorkflow(String(workflow('every operation')?.id));
		expect(status).toBe('success');
		const before: Record<string, { items: number; fields: string[] }> = JSON.parse(read('output.json'));
		expect(Object.keys(before).length).toBeGreaterThan(30);
		for (const [name, { items, fields }] of Object.entries(before)) {
			const now = nodes[name]?.items ?? [];
			expect({ name, items: now.length }).toEqual({ name, items });
			expect({ name, fields: Object.keys(now[0]?.json ?? {}) }).toEqual({
				name,
				fields: expect.arrayContaining(fields),
			});
		}
	});

	test('starts by itself when n8n 2 publishes it', async () => {
		await real.n8n.publishWorkflow(String(workflow('triggers')?.id));
	});
});
