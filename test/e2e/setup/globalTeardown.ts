import { stopAll } from './stop';

/** Stops what globalSetup started. */
export default async function globalTeardown(): Promise<void> {
	await stopAll();
}
