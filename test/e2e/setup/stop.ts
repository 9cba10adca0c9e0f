type Stop = () => Promise<void> | void;

// Jest loads globalSetup and globalTeardown apart from each other.
const KEY = Symbol.for('create-credential.e2e.stops');
const stops = ((globalThis as { [KEY]?: Stop[] })[KEY] ??= []);

/** Has something stopped at the end of the run, what came last first, also where the run is ended with Ctrl-C. */
export function onStop(stop: Stop): void {
	if (stops.length === 0) {
		for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
			process.once(signal, () => void stopAll().finally(() => process.exit(code)));
		}
	}
	stops.push(stop);
}

/** Stops everything. */
export async function stopAll(): Promise<void> {
	for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
}
