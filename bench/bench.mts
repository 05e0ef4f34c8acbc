import { installN8n } from '../sandbox/n8n/install.mts';
import { demo } from '../sandbox/uphance/uphance.mts';
import type { BareProcess } from './bareProcess.mts';
import { startBareProcess } from './bareProcess.mts';
import type { BenchN8n } from './benchN8n.mts';
import { startBenchN8n } from './benchN8n.mts';
import type { StandIn } from './standIn.mts';
import { startStandIn } from './standIn.mts';

/** The environment of the benchmark: one stand-in server, one n8n and one bare loop. */
export interface Bench {
	standIn: StandIn;
	n8n: BenchN8n;
	bare: BareProcess;
	/** Id of a credential in n8n. */
	credential: string;
	/** Creates a credential without a session, for which n8n's process has no session either. @returns its id */
	createEmptyCredential(): Promise<string>;
	print(text: string): void;
	stop(): Promise<void>;
}

export async function startBench(orders: number): Promise<Bench> {
	const startedAt = Date.now();
	const print = (text: string) => console.error(`${Math.round((Date.now() - startedAt) / 1000)} s  ${text}`);
	await installN8n(print);
	print('Building the package, starting n8n and the stand-in Uphance.');
	const standIn = await startStandIn(orders);
	const n8n = await startBenchN8n();
	const bare = startBareProcess();
	const data = { ...demo, organisationId: '', apiUrl: standIn.url };
	return {
		standIn,
		n8n,
		bare,
		print,
		credential: await n8n.api.createCredential('Uphance', data),
		// Sessions belong to the credential's data. An explicit organisation makes it a different session of the same
		// user.
		createEmptyCredential: async () => await n8n.api.createCredential('Empty', { ...data, organisationId: '9579' }),
		async stop() {
			bare.stop();
			standIn.stop();
			await n8n.stop();
		},
	};
}
