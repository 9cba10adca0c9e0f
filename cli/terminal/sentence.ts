import { DocumentError } from '../../engine/compile';
import { InexpressibleError } from '../../engine/tools';
import { Problem } from '../../scripts/n8n/problem';

/** An error as a sentence that helps the user, without a stack. */
export function sentenceOf(error: unknown): string {
	const { message } = error as Error;
	if (error instanceof Problem || error instanceof DocumentError || error instanceof InexpressibleError) return message;
	if (error instanceof RangeError)
		return 'The document is nested too deeply to be read. Take the parts out that the operation does not need.';
	return `This is a fault of the program, not yours: ${message}. Please report it with the document.`;
}
