import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Returns the password from UPHANCE_PASSWORD, or asks for it without showing it.
 *
 * @throws Error if there is nobody to ask; what ends the check, if that is Ctrl+C
 */
export async function readPassword(stopped: AbortController): Promise<string> {
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
			terminal.question('', resolve);
			terminal.once('SIGINT', () => stopped.abort()); // in raw mode Ctrl+C is a key
			stopped.signal.addEventListener('abort', () => reject(new Error('Stopped.')), { once: true });
		});
	} finally {
		terminal.close();
		process.stdout.write('\n');
	}
}
