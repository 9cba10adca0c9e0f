import { add } from './scaffold/add';
import { readArguments, UsageError } from './terminal/arguments';
import { compareDocuments, describeDocument, writeParameters, writeRequest } from './commands/commands';
import { writeLifecycle } from './commands/lifecycle';
import { listOperations } from './commands/list';
import { update } from './scaffold/update';
import { HELP } from './terminal/help';
import type { Io } from './terminal/io';
import { sentenceOf } from './terminal/sentence';

/**
 * Runs `vendor describe|parameters|request|add|list|lifecycle|diff|update`.
 * @param argv the arguments after `vendor`
 * @returns the exit code: 0 done, 1 the document or the values are wrong, 2 wrong arguments; it never rejects
 */
export async function runVendor(argv: string[], io: Io): Promise<number> {
	try {
		const given = readArguments(argv);
		switch (given.command) {
			case 'help':
				io.out(HELP[given.topic]);
				return 0;
			case 'describe':
				return await describeDocument(given, io);
			case 'parameters':
				return await writeParameters(given, io);
			case 'request':
				return await writeRequest(given, io);
			case 'add':
				return await add(given, io);
			case 'list':
				return await listOperations(given, io);
			case 'lifecycle':
				return await writeLifecycle(given, io);
			case 'diff':
				return await compareDocuments(given, io);
			case 'update':
				return await update(given, io);
		}
	} catch (error) {
		io.err(sentenceOf(error));
		return error instanceof UsageError ? 2 : 1;
	}
}
