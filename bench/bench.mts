import { demo } from '../sandbox/uphance/uphance.mts';
import { installN8n } from '../sandbox/n8n/install.mts';
import type { BareProcess } from './bareProcess.mts';
import { startBareProcess } from './bareProcess.mts';
import type { BenchN8n } from './benchN8n.mts';
import { startBenchN8n } from './benchN8n.mts';
import type { StandIn } from './standIn.mts';
import { startStandIn } from './standIn.mts';

/** Everything that is measured with: one server for all, one n8n, one bare loop. */
export interface Bench {
	standIn: StandIn;
	n8n: BenchN8n;
	bare: BareProcess;
	/** A credential in n8n. */
	credential: string;
	/** Another one, whose session is empty and known to nobody in n8n's process. */
	emptyCredential(): Promise<string>;
	say(text: string): void;
	stop(): Promise<void>;
}

export async function startBench(orders: number): Promise<Bench> {
	const began = Date.now();
	const say = (text: string) => console.error(`${Math.round((Date.now() - began) / 1000)} s  ${text}`);
	await installN8n(say);
	say('Building the package, starting n8n and the stand-in Uphance.');
	const standIn = await startStandIn(orders);
	const n8n = await startBenchN8n();
	const bare = startBareProcess();
	const form = { ...demo, organisationId: '', apiUrl: standIn.url };
	return {
		standIn,
		n8n,
		bare,
		say,
		credential: await n8n.api.createCredential('Uphance', form),
		// Sessions hang on what the form says: the same user and organisation, said otherwise, is another session.
		emptyCredential: async () => await n8n.api.createCredential('Empty', { ...form, organisationId: '9579' }),
		async stop() {
			bare.stop();
			standIn.stop();
			await n8n.stop();
		},
	};
}
