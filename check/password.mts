import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Returns the password from UPHANCE_PASSWORD, or asks for it without showing it.
 *
 * @throws Error if there is nobody to ask; the reason of the signal if it ends the question
 */
export async function readPassword(signal: AbortSignal): Promise<string> {
	const { UPHANCE_PASSWORD: given } = process.env;
	if (given) return given;
	if (!process.stdin.isTTY)
		throw new Error('Set UPHANCE_PASSWORD, or run the check in a terminal, which asks for the password.');
	process.stdout.write('Password of the Uphance user (it is not shown): ');
	// What readline would show goes nowhere.
	const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
	const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
	try {
		return await new Promise<string>((resolve, reject) => {
			const stop = () => reject(new Error('Stopped.'));
			terminal.question('', resolve);
			terminal.once('SIGINT', stop); // in raw mode Ctrl+C is a key
			signal.addEventListener('abort', stop, { once: true });
		});
	} finally {
		terminal.close();
		process.stdout.write('\n');
	}
}
