import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { N8nInstance, Server } from '../sandbox/n8n/server.mts';
import { prepareInstance, startServer } from '../sandbox/n8n/server.mts';
import { N8nApi } from '../sandbox/n8nApi.mts';
import type { Profile } from './profile.mts';

const inN8nFolder = fileURLToPath(new URL('./inN8n', import.meta.url));

/** The report on one execution, sent by bench/inN8n/report.js when it ends. */
export interface RunReport {
	executionId: string;
	workflow: string;
	status: string;
	error?: string;
	nodes: Array<{
		name: string;
		/** n8n's `executionTime` of the node. */
		milliseconds: number;
		items: number;
		/** Number of records in the items, also within envelopes. */
		records: number;
		/** Sum of the records' ids, to compare the records of contestants. */
		idSum: number;
	}>;
	/** Growth of the heap during the run, after garbage collection. */
	heapBytes: number;
	/** Growth of the process's peak memory during the run; 0 if the system does not report it. */
	peakBytes: number;
	profile?: Profile;
}

/** A real n8n with this package and the benchmark's minimal node. It sends a report on every execution. */
export interface BenchN8n {
	instance: N8nInstance;
	server: Server;
	api: N8nApi;
	/** Runs a workflow manually. @throws Error if the execution fails */
	run(workflow: string): Promise<RunReport>;
	/** Returns the reports on all executions of a workflow that were not started with run(). */
	getReports(workflow: string): RunReport[];
	/** Restarts n8n, so that its memory is empty. */
	restart(extraSettings?: Record<string, string>): Promise<void>;
	stop(): Promise<void>;
}

export async function startBenchN8n(): Promise<BenchN8n> {
	const instance = prepareInstance(mkdtempSync(join(tmpdir(), 'uphance-bench-')));
	const least = 'n8n-nodes-least';
	cpSync(join(inN8nFolder, least), join(instance.folder, '.n8n', 'nodes', 'node_modules', least), { recursive: true });

	const reports = new Map<string, RunReport>();
	const waiting = new Map<string, (report: RunReport) => void>();
	const listener = createServer((request, response) => {
		let body = '';
		request.on('data', (text) => (body += String(text)));
		request.on('end', () => {
			const report: RunReport = JSON.parse(body);
			reports.set(report.executionId, report);
			waiting.get(report.executionId)?.(report);
			response.end();
		});
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const { port } = listener.address() as AddressInfo;

	const start = async (extraSettings: Record<string, string> = {}) => {
		const settings = {
			EXTERNAL_HOOK_FILES: join(inN8nFolder, 'report.js'),
			BENCH_REPORTS_TO: `http://127.0.0.1:${port}`,
			...extraSettings,
		};
		const server = await startServer({ ...instance, settings }, 0);
		const api = new N8nApi(server.url);
		await api.signIn();
		return { server, api };
	};
	const bench: BenchN8n = {
		instance,
		...(await start()),
		async run(workflow) {
			const id = await bench.api.startWorkflow(workflow);
			const report = reports.get(id) ?? (await new Promise<RunReport>((resolve) => waiting.set(id, resolve)));
			waiting.delete(id);
			reports.delete(id);
			if (report.status === 'success') return report;
			throw new Error(`Execution ${id} ended with ${report.status}: ${report.error}`);
		},
		getReports: (workflow) => [...reports.values()].filter((each) => each.workflow === workflow),
		async restart(extraSettings) {
			await bench.server.stop();
			Object.assign(bench, await start(extraSettings));
		},
		async stop() {
			await bench.server.stop();
			listener.close();
			rmSync(instance.folder, { recursive: true, force: true });
		},
	};
	return bench;
}
