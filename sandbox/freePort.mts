import { createServer } from 'node:net';

/**
 * Returns a port of loopback that is free at this moment.
 *
 * @param port the port to check; 0 chooses one
 * @throws Error with advice if the port is in use
 */
export async function findFreePort(port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', () =>
			reject(
				new Error(
					`Port ${port} is in use. Stop the program that uses it, or choose another port: npm start -- --port 5679`,
				),
			),
		);
		server.listen(port, '127.0.0.1', () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}
