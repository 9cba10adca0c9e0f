import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Finds free ports on 127.0.0.1, all of them different.
 *
 * @param preferred the preferred ports; 0, or one that is taken, gives any free one.
 */
export async function freePorts(...preferred: number[]): Promise<number[]> {
	// Ports are held until all are found, so that none is found twice.
	const held: Server[] = [];
	try {
		for (const port of preferred) held.push((await listen(port)) ?? ((await listen(0)) as Server));
		return held.map((server) => (server.address() as AddressInfo).port);
	} finally {
		await Promise.all(held.map((server) => new Promise((resolve) => server.close(resolve))));
	}
}

async function listen(port: number): Promise<Server | undefined> {
	const server = createServer();
	return await new Promise((resolve) => {
		server.once('error', () => resolve(undefined));
		server.listen(port, '127.0.0.1', () => resolve(server));
	});
}
