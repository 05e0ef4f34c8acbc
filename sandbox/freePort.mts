import { createServer } from 'node:net';

/**
 * A port of loopback that nobody uses at this moment.
 *
 * @param wanted 0 for any
 * @throws Error with a sentence that says what to do
 */
export async function freePort(wanted: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', () =>
			reject(new Error(`Port ${wanted} is taken. End what uses it, or choose another: npm start -- --port 5679`)),
		);
		server.listen(wanted, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted));
		});
	});
}
