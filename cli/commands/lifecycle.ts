import { lifecycleOf, lifecycleOfAll } from '../../engine/compile';
import type { LifecycleArguments } from '../terminal/arguments';
import { readDocument } from '../terminal/input';
import type { Io } from '../terminal/io';

/**
 * `vendor lifecycle`: prints what a document says about the life cycle of its resources, one JSON line per guess.
 * @throws Problem or DocumentError
 */
export async function writeLifecycle({ operations, all, ...given }: LifecycleArguments, io: Io): Promise<number> {
	const { text, name, overlay } = await readDocument(given, 'The OpenAPI document', io);
	const document = name.replace(/\.(json|ya?ml)$/i, '');
	const lines = all ? lifecycleOfAll(text, name, document, overlay) : lifecycleOf(text, name, document, operations, overlay);
	for (const line of lines) io.out(JSON.stringify(line));
	return 0;
}
