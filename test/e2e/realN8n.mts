import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReleaseLine } from '../../sandbox/n8n/install.mts';
import { installN8n } from '../../sandbox/n8n/install.mts';
import type { N8nInstance, Server } from '../../sandbox/n8n/server.mts';
import { prepareInstance, startServer } from '../../sandbox/n8n/server.mts';
import { N8nApi } from '../../sandbox/n8nApi.mts';
import type { Options, Uphance } from '../../sandbox/uphance/uphance.mts';
import { startUphance } from '../../sandbox/uphance/uphance.mts';

/** A new n8n with the packed package in it, its API with the owner signed in, and a stand-in Uphance. */
export interface RealN8n {
	home: N8nInstance;
	server: Server;
	n8n: N8nApi;
	uphance: Uphance;
	stop(): Promise<void>;
}

/** `npm run test:oldest` runs the same tests on the oldest n8n. */
export const line: ReleaseLine = process.env.N8N_LINE === 'oldest' ? 'oldest' : 'newest';

/** @param settings environment variables of n8n */
export async function startRealN8n(options: Options, settings?: N8nInstance['settings']): Promise<RealN8n> {
	await installN8n((text) => process.stderr.write(`${text}\n`), line);
	const home = { ...prepareInstance(mkdtempSync(join(tmpdir(), 'uphance-e2e-')), line), settings };
	const uphance = await startUphance(options);
	let server: Server | undefined;
	const stop = async () => {
		await server?.stop();
		await uphance.close();
		rmSync(home.folder, { recursive: true, force: true });
	};
	try {
		server = await startServer(home, 0);
		const n8n = new N8nApi(server.url);
		await n8n.signIn();
		return { home, server, n8n, uphance, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

interface NodeSettings {
	type: string;
	typeVersion: number;
	parameters: object;
	retryOnFail?: boolean;
	maxTries?: number;
	waitBetweenTries?: number;
	onError?: string;
}

/** A workflow of one node behind a manual trigger named "Run". */
export function oneNode(node: NodeSettings, credential: string): object {
	return {
		name: `One node ${credential} ${JSON.stringify(node.parameters).slice(0, 80)}`,
		nodes: [
			{
				id: 'run',
				name: 'Run',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'node',
				name: 'Node',
				position: [240, 0],
				credentials: { uphanceApi: { id: credential, name: 'Uphance' } },
				...node,
			},
		],
		connections: { Run: { main: [[{ node: 'Node', type: 'main', index: 0 }]] } },
		settings: {},
	};
}

export const uphanceNode = (parameters: object) => ({
	type: 'n8n-nodes-uphance.uphance',
	typeVersion: 1,
	parameters: { resource: 'order', operation: 'getAll', ...parameters },
});

export const httpRequestNode = (parameters: object) => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'uphanceApi', ...parameters },
});

/** The poll times of a polling trigger: as often as a test can wait for. */
export const everyTenSeconds = {
	item: [0, 10, 20, 30, 40, 50].map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
};
