import { startMockServer, type MockServer } from './mockServer';
import { stopEngine } from './engine';

/** A mock server for the tests of one file, reset before each test and closed at the end. */
export function useMockServer(): { readonly url: string; readonly current: MockServer; bodies(): unknown[] } {
	let mockServer: MockServer;
	beforeAll(async () => {
		mockServer = await startMockServer();
	});
	beforeEach(() => mockServer.reset());
	afterAll(async () => {
		await mockServer.close();
		await stopEngine();
	});
	return {
		get url() {
			return mockServer.url;
		},
		get current() {
			return mockServer;
		},
		/** The parsed bodies of all requests, in order of arrival. */
		bodies: () => mockServer.requests.map(({ rawBody }) => (rawBody === '' ? undefined : (JSON.parse(rawBody) as unknown))),
	};
}
