import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listExampleFiles, readExample } from './examples.mts';
import { installN8n } from './n8n/install.mts';
import type { Server } from './n8n/server.mts';
import { prepareInstance, startServer } from './n8n/server.mts';
import type { Execution } from './n8nApi.mts';
import { N8nApi, owner } from './n8nApi.mts';
import { findTriggerWebhooks } from './triggerWebhooks.mts';
import { readAccount } from './uphance/account.mts';
import type { Uphance } from './uphance/uphance.mts';
import { demo, startUphance } from './uphance/uphance.mts';

const { values } = parseArgs({
	options: {
		as: { type: 'string' },
		once: { type: 'boolean', default: false },
		orders: { type: 'string', default: '1250' },
		port: { type: 'string', default: '5678' },
		'uphance-port': { type: 'string', default: '4010' },
	},
});

const root = fileURLToPath(new URL('..', import.meta.url));
const print = (text: string) => console.log(text);
let uphance: Uphance | undefined;
let server: Server | undefined;
let n8n: N8nApi | undefined;

const shutDown = async (code: number) => {
	await server?.stop();
	await uphance?.close();
	process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void shutDown(0));

try {
	const account = values.as === undefined ? undefined : readAccount(values.as);
	await installN8n(print);
	print('Building the package and installing it in n8n.');
	const instance = prepareInstance(`${root}/.sandbox`);
	uphance = await startUphance({
		...account,
		port: Number(values['uphance-port']),
		orders: Number(values.orders),
		today: Date.now(),
		findWebhooks: async () => (n8n ? await findTriggerWebhooks(n8n).catch(() => []) : []),
	});
	print(`Starting n8n with a stand-in Uphance (${uphance.url}, ${values.orders} sales orders).`);
	server = await startServer(instance, Number(values.port));

	n8n = new N8nApi(server.url);
	await n8n.signIn();
	const execution = await n8n.runWorkflow(await importExamples(n8n, await ensureCredential(n8n, uphance.url)));
	printResult(execution);
	if (values.once) await shutDown(execution.status === 'success' ? 0 : 1);
	print(`
Editor: ${server.url}   Email: ${owner.email}   Password: ${owner.password}
The stand-in calls the Uphance Triggers of this n8n by itself when something changes in it (docs/triggers.md).
Press Ctrl+C to stop n8n and the stand-in Uphance. Your workflows are kept in .sandbox for the next start.`);
} catch (error) {
	console.error(error instanceof Error ? `\n${error.message}` : error);
	await shutDown(1);
}

/** Creates the credential for the stand-in, or updates it if it exists. @returns its id */
async function ensureCredential(n8n: N8nApi, apiUrl: string): Promise<string> {
	const name = 'Uphance Sandbox';
	const form = { ...demo, organisationId: '', apiUrl };
	const existingId = await n8n.findCredential(name);
	if (!existingId) return await n8n.createCredential(name, form);
	await n8n.updateCredential(existingId, name, form);
	return existingId;
}

/** Imports the example workflows that n8n does not have yet. @returns the id of the one that reads every order */
async function importExamples(n8n: N8nApi, credentialId: string): Promise<string> {
	const ids: Record<string, string> = {};
	for (const file of listExampleFiles()) {
		const example = JSON.parse(readExample(file, credentialId));
		ids[file] = (await n8n.findWorkflow(example.name)) ?? (await n8n.createWorkflow(example));
	}
	return ids['every-order.json'] ?? '';
}

/** Prints the result of an execution as stored by n8n. */
function printResult({ status, nodes, error }: Execution): void {
	const node = nodes['Every Order'];
	if (status !== 'success' || !node) {
		print(`The run ended with ${status}: ${error?.message ?? 'no message'} ${error?.description ?? ''}`);
		return;
	}
	const pages = /in (\d+) pages/.exec(node.hints.join(' '))?.[1] ?? '1';
	const seconds = (node.milliseconds / 1000).toFixed(1);
	print(`n8n read ${node.items.length.toLocaleString('en')} sales orders in ${pages} pages in ${seconds} seconds.`);
}
