import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { exampleFiles, exampleText } from './examples.mts';
import type { Execution } from './n8nApi.mts';
import { N8nApi, owner } from './n8nApi.mts';
import type { Server } from './n8n/server.mts';
import { prepareHome, startServer } from './n8n/server.mts';
import { installN8n } from './n8n/install.mts';
import type { Uphance } from './uphance/uphance.mts';
import { demo, startUphance } from './uphance/uphance.mts';

const { values } = parseArgs({
	options: {
		once: { type: 'boolean', default: false },
		orders: { type: 'string', default: '1250' },
		port: { type: 'string', default: '5678' },
		'uphance-port': { type: 'string', default: '4010' },
	},
});

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (text: string) => console.log(text);
let uphance: Uphance | undefined;
let server: Server | undefined;

const end = async (code: number) => {
	await server?.stop();
	await uphance?.close();
	process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));

try {
	await installN8n(say);
	say('Building the package and putting it into n8n.');
	const home = prepareHome(`${root}/.sandbox`);
	uphance = await startUphance({ port: Number(values['uphance-port']), orders: Number(values.orders) });
	say(`Starting n8n with a stand-in Uphance (${uphance.url}, ${values.orders} sales orders).`);
	server = await startServer(home, Number(values.port));

	const n8n = new N8nApi(server.url);
	await n8n.signIn();
	const execution = await n8n.runWorkflow(await everyOrder(n8n, await credential(n8n, uphance.url)));
	report(execution);
	if (values.once) await end(execution.status === 'success' ? 0 : 1);
	say(`
The editor: ${server.url}   Log in as ${owner.email} with the password ${owner.password}
Ctrl+C ends n8n and the stand-in Uphance. What you build there stays in .sandbox for the next start.`);
} catch (error) {
	console.error(error instanceof Error ? `\n${error.message}` : error);
	await end(1);
}

/** A credential for the stand-in, made at the first start. */
async function credential(n8n: N8nApi, apiUrl: string): Promise<string> {
	const name = 'Uphance Sandbox';
	const form = { ...demo, organisationId: '', apiUrl };
	const known = await n8n.findCredential(name);
	if (!known) return await n8n.createCredential(name, form);
	await n8n.updateCredential(known, name, form);
	return known;
}

/** Puts the example workflows that are not there yet into n8n; the one that reads every order is run. */
async function everyOrder(n8n: N8nApi, credentialId: string): Promise<string> {
	const ids: Record<string, string> = {};
	for (const file of exampleFiles()) {
		const example = JSON.parse(exampleText(file, credentialId));
		ids[file] = (await n8n.findWorkflow(example.name)) ?? (await n8n.createWorkflow(example));
	}
	return ids['every-order.json'] ?? '';
}

/** What n8n stored of the run, not what the stand-in believes. */
function report({ status, nodes, error }: Execution): void {
	const node = nodes['Every Order'];
	if (status !== 'success' || !node) {
		say(`The run ended with ${status}: ${error?.message ?? 'no message'} ${error?.description ?? ''}`);
		return;
	}
	const pages = /in (\d+) pages/.exec(node.hints.join(' '))?.[1] ?? '1';
	const seconds = (node.milliseconds / 1000).toFixed(1);
	say(`n8n read ${node.items.length.toLocaleString('en')} sales orders in ${pages} pages in ${seconds} seconds.`);
}
