import { spawn } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';

/** A program that runs until it is stopped. */
export interface Service {
	port: number;
	/** Ends it and waits until it has. */
	stop(): Promise<void>;
}

export interface Program {
	command: string;
	args: string[];
	/** Where it runs. */
	folder: string;
	/** Folders to look for the command in, before those of PATH. */
	path?: string[];
	/** Whose process it is; that of whoever runs the test by default. */
	user?: { uid: number; gid: number };
}

/** @throws Error with a sentence that says what to install, or with what the program said */
function start({ command, args, folder, path = [], user }: Program) {
	const child = spawn(command, args, {
		cwd: folder,
		env: { PATH: [...path, process.env.PATH].join(':'), HOME: folder, LC_ALL: 'C' },
		stdio: ['ignore', 'pipe', 'pipe'],
		...user,
	});
	const endChild = () => child.kill();
	process.once('exit', endChild);
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += String(text)));
	let missing = false;
	const ended = new Promise<number>((resolve) => {
		child.once('error', (error) => {
			missing = 'code' in error && error.code === 'ENOENT';
			said += error.message;
			resolve(1);
		});
		child.once('close', (status) => resolve(status ?? 1));
	}).finally(() => process.off('exit', endChild));
	const failure = () =>
		new Error(
			missing
				? `The program ${command} is missing. Queue mode needs PostgreSQL and Redis: on Debian and Ubuntu "apt-get install postgresql redis-server".`
				: `${command} did not do what it should. It said:\n${said}`,
		);
	return { child, ended, said: () => said, failure };
}

/** Runs a program to its end. @throws Error that says what is missing or went wrong */
export async function runProgram(program: Program): Promise<void> {
	const { ended, failure } = start(program);
	if ((await ended) !== 0) throw failure();
}

/** Starts a program that says when it accepts connections, as PostgreSQL and Redis do. @throws Error that says what is missing or went wrong */
export async function startService(program: Program, port: number): Promise<Service> {
	const { child, ended, said, failure } = start(program);
	let isOver = false;
	void ended.then(() => (isOver = true));
	const deadline = Date.now() + 60_000;
	while (!/ready to accept connections/i.test(said())) {
		if (isOver || Date.now() > deadline) {
			child.kill('SIGKILL');
			throw failure();
		}
		await setTimeout(50);
	}
	return {
		port,
		async stop() {
			child.kill('SIGINT'); // for PostgreSQL: without waiting for those who are connected
			await ended;
		},
	};
}
