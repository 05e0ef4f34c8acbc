import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { INode, INodeParameters, INodeTypeDescription } from 'n8n-workflow';
import { runCommand } from '../../sandbox/n8n/server.mts';
import { demo } from '../../sandbox/uphance/uphance.mts';
import type { RealN8n } from '../e2e/realN8n.mts';
import { startRealN8n } from '../e2e/realN8n.mts';
import { everyOperation } from '../everyOperation.mts';
import { impossible, issues, kept, opened } from './editor.mts';
import { everyField, triggers, usual } from './filled.mts';
import type { SavedWorkflow, WhatComes } from './whatComes.mts';
import { whatComes } from './whatComes.mts';

/*
 * `npm run save` makes test/saved/<version>, once for each release: workflows and a credential that are made in the real n8n
 * with the present state of the package, as n8n then exports them, with what the editor shows of them and what came out of
 * every node.
 */
const root = join(__dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = join(root, 'test/saved', version);

let real: RealN8n;
beforeAll(async () => void (real = await startRealN8n({ orders: 250 })), 600_000);
afterAll(async () => await real?.stop());

test(`saves what version ${version} makes`, async () => {
	const { n8n, home, uphance } = real;
	const form = { ...demo, organisationId: '9579', apiUrl: uphance.url };
	const credential = await n8n.createCredential('Uphance', form);
	const described = (await n8n.get('/types/nodes.json')) as INodeTypeDescription[];
	const typeOf = (name: string) => {
		const type = described.find((each) => each.name === name);
		if (!type) throw new Error(`n8n has no ${name}`);
		return type;
	};

	const made = (node: Partial<INode> & { name: string; parameters: INodeParameters }, index: number): INode => {
		const whole: INode = {
			id: randomUUID(),
			type: 'n8n-nodes-uphance.uphance',
			typeVersion: 1,
			position: [240, index * 120],
			credentials: { uphanceApi: { id: credential, name: 'Uphance' } },
			...node,
		};
		const type = typeOf(whole.type);
		if (type.webhooks) whole.webhookId = randomUUID();
		const saved = { ...whole, parameters: kept(whole, type) };
		expect({ name: node.name, issues: issues(saved, type), impossible: impossible(saved, type) }).toEqual({
			name: node.name,
			issues: null,
			impossible: [],
		});
		return saved;
	};
	const run = made({ name: 'Run', type: 'n8n-nodes-base.manualTrigger', parameters: {}, credentials: undefined }, 0);
	const bare = everyOperation.map(({ parameters }) => parameters);
	const filled = everyOperation.map(({ resource, operation, parameters }) => {
		const type = typeOf('n8n-nodes-uphance.uphance');
		return everyField({ ...parameters, resource, operation }, { ...run, type: type.name }, type);
	});
	const nodes = [...usual, ...bare, ...filled].map((parameters, index) => {
		const { resource, operation } = parameters;
		return made({ name: `${index + 1} ${String(resource)} ${String(operation)}`, parameters }, index);
	});
	const connections = { Run: { main: [nodes.map(({ name }) => ({ node: name, type: 'main', index: 0 }))] } };
	const named = (what: string) => ({ name: `Saved by ${version}: ${what}`, settings: {} });
	await n8n.createWorkflow({ ...named('every operation'), nodes: [run, ...nodes], connections });
	await n8n.createWorkflow({ ...named('triggers'), nodes: triggers.map(made), connections: {} });

	// Fails where the version was saved before: what it saved is in users' hands.
	mkdirSync(folder);
	const exported = async (command: string, file: string, ...more: string[]) => {
		const args = [`export:${command}`, '--all', '--pretty', `--output=${join(folder, file)}`, ...more];
		expect(await runCommand(home, args)).toMatchObject({ code: 0 });
	};
	await exported('workflow', 'workflows.json');
	const workflows: Array<SavedWorkflow & { nodes: INode[] }> = JSON.parse(
		readFileSync(join(folder, 'workflows.json'), 'utf8'),
	);
	const all = workflows.flatMap((workflow) => workflow.nodes);
	const shown = Object.fromEntries(all.map((node) => [node.name, opened(node, typeOf(node.type))]));
	writeFileSync(join(folder, 'opened.json'), JSON.stringify(shown));
	const came: WhatComes = {};
	for (const workflow of workflows) Object.assign(came, await whatComes(real, workflow));
	writeFileSync(join(folder, 'output.json'), JSON.stringify(came));
	// Only now it has a session, as a user's has.
	await exported('credentials', 'credentials.json', '--decrypted');
});
