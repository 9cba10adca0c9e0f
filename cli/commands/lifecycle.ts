import { lifecycleOf, lifecycleOfAll } from '../../engine/compile';
import type { LifecycleArguments } from '../terminal/arguments';
import { nameOf, readText } from '../terminal/input';
import type { Io } from '../terminal/io';

/**
 * `vendor lifecycle`: prints what a document says about the life cycle of its resources, one JSON line per guess.
 * @throws Problem or DocumentError
 */
export async function writeLifecycle({ file, operations, all }: LifecycleArguments, io: Io): Promise<number> {
	const text = await readText(file, 'The OpenAPI document', io);
	const name = nameOf(file);
	const document = name.replace(/\.(json|ya?ml)$/i, '');
	const lines = all ? lifecycleOfAll(text, name, document) : lifecycleOf(text, name, document, operations);
	for (const line of lines) io.out(JSON.stringify(line));
	return 0;
}
