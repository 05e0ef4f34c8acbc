import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { N8nApi } from '../sandbox/n8nApi.mts';
import type { N8nInstance, Server } from '../sandbox/n8n/server.mts';
import { prepareInstance, startServer } from '../sandbox/n8n/server.mts';
import type { Profile } from './profile.mts';

const inN8n = fileURLToPath(new URL('./inN8n', import.meta.url));

/** What n8n says of one execution when it ends (bench/inN8n/report.js). */
export interface Report {
	executionId: string;
	workflow: string;
	status: string;
	error?: string;
	nodes: Array<{
		name: string;
		/** n8n's own `executionTime`. */
		milliseconds: number;
		items: number;
		/** Records in the items, in whatever envelope. */
		records: number;
		/** Sum of the records' ids. */
		ids: number;
	}>;
	/** Bytes on the heap, after garbage was collected, above those before the run. */
	kept: number;
	/** The most memory the process had during the run, above what it had before, in bytes; 0 where it is not known. */
	peak: number;
	profile?: Profile;
}

/** A real n8n with the package and the bench's own node in it, which tells of every execution. */
export interface BenchN8n {
	home: N8nInstance;
	server: Server;
	api: N8nApi;
	/** Runs a workflow by hand. @throws Error unless it ends well */
	run(workflow: string): Promise<Report>;
	/** All executions of a workflow so far. */
	reportsOf(workflow: string): Report[];
	/** Ends this n8n and starts it again, with nothing in its memory. */
	restart(more?: Record<string, string>): Promise<void>;
	stop(): Promise<void>;
}

export async function startBenchN8n(): Promise<BenchN8n> {
	const home = prepareInstance(mkdtempSync(join(tmpdir(), 'uphance-bench-')));
	const least = 'n8n-nodes-least';
	cpSync(join(inN8n, least), join(home.folder, '.n8n', 'nodes', 'node_modules', least), { recursive: true });

	const reports = new Map<string, Report>();
	const awaited = new Map<string, (report: Report) => void>();
	const listener = createServer((request, response) => {
		let body = '';
		request.on('data', (text) => (body += String(text)));
		request.on('end', () => {
			const report: Report = JSON.parse(body);
			reports.set(report.executionId, report);
			awaited.get(report.executionId)?.(report);
			response.end();
		});
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	const { port } = listener.address() as AddressInfo;

	const start = async (more: Record<string, string> = {}) => {
		const settings = {
			EXTERNAL_HOOK_FILES: join(inN8n, 'report.js'),
			BENCH_REPORTS_TO: `http://127.0.0.1:${port}`,
			...more,
		};
		const server = await startServer({ ...home, settings }, 0);
		const api = new N8nApi(server.url);
		await api.signIn();
		return { server, api };
	};
	const own: BenchN8n = {
		home,
		...(await start()),
		async run(workflow) {
			const id = await own.api.startWorkflow(workflow);
			const report = reports.get(id) ?? (await new Promise<Report>((resolve) => awaited.set(id, resolve)));
			awaited.delete(id);
			reports.delete(id);
			if (report.status === 'success') return report;
			throw new Error(`Execution ${id} ended with ${report.status}: ${report.error}`);
		},
		reportsOf: (workflow) => [...reports.values()].filter((each) => each.workflow === workflow),
		async restart(more) {
			await own.server.stop();
			Object.assign(own, await start(more));
		},
		async stop() {
			await own.server.stop();
			listener.close();
			rmSync(home.folder, { recursive: true, force: true });
		},
	};
	return own;
}
