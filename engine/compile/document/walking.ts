import { originOf } from './overlay';
import { DocumentError, type TextFile } from './part';
import { lineOf } from './positions';

/**
 * Runs code that walks a document.
 * @param text the document's text, for the positions of errors
 * @param name the document's file name, for messages
 * @param overlay what is laid over it; an error in what came from there names its line
 * @throws DocumentError with file, line and column; also if the document is nested too deeply to walk
 */
export function walking<T>(text: string, name: string, walk: () => T, overlay?: TextFile): T {
	try {
		return walk();
	} catch (error) {
		if (error instanceof DocumentError)
			error.locate((pointer) => {
				const document = { text, name };
				const origin = overlay && originOf(pointer, document, overlay);
				return overlay && origin !== undefined ? lineOf(overlay, origin) : lineOf(document, pointer);
			});
		if (error instanceof RangeError)
			throw new DocumentError(
				name,
				'the document is nested too deeply, or too much of it is one in the other, for a form to be made of it',
			);
		throw error;
	}
}
