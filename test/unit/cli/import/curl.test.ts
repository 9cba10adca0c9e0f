import { readCurl } from '../../../../cli/import/curl';

const URL = 'https://api.acme.test/keys';

describe('A curl command is read as curl reads it', () => {
	it.each<[string, string, object]>([
		['a proxy is not the address', `curl -x http://proxy:8080 ${URL}`, { method: 'GET', url: URL }],
		['nor is it after its long name', `curl --proxy http://proxy:8080 ${URL}`, { url: URL }],
		['nor is where one comes from', `curl -e https://from.test/ ${URL}`, { url: URL }],
		['nor what a name is resolved to', `curl --resolve api.acme.test:443:127.0.0.1 --connect-to a.test:1:b.test:2 ${URL}`, { url: URL }],
		['nor where the answer goes', `curl -so answer.json -w '%{http_code}' -D head.txt ${URL}`, { url: URL }],
		['an option in one word with its value', `curl -XPUT -d'{"a":1}' ${URL}`, { method: 'PUT', url: URL, body: '{"a":1}' }],
		['an address without a scheme', 'curl localhost:8080/keys', { url: 'localhost:8080/keys' }],
		['--url', `curl --url ${URL} -d a=1`, { method: 'POST', url: URL, body: 'a=1' }],
		['text to be encoded, with a name', `curl ${URL} --data-urlencode 'a=b&c d=é'`, { body: 'a=b%26c%20d%3D%C3%A9' }],
		['text to be encoded, without', `curl ${URL} --data-urlencode 'b&c' --data-urlencode '=x=y'`, { body: 'b%26c&x%3Dy' }],
		['in the order in which it stands', `curl ${URL} -d a=1 --data-urlencode b=2 --data-raw c=@3`, { body: 'a=1&b=2&c=@3' }],
		['-G', `curl -G '${URL}?x=1' --data-urlencode 'q=a b' -d r=2`, { method: 'GET', url: `${URL}?x=1&q=a%20b&r=2` }],
		['--url-query', `curl ${URL} --url-query 'q=a b' -d r=2`, { method: 'POST', url: `${URL}?q=a%20b`, body: 'r=2' }],
		['headers', `curl ${URL} -H 'X-Key: a:b' -H 'Accept:text/plain'`, { headers: { 'x-key': 'a:b', accept: 'text/plain' } }],
	])('%s', (_what, text, expected) => {
		expect(readCurl(text)).toMatchObject(expected);
	});

	it.each([
		['-d @body.json', /file body\.json/],
		['--data-urlencode name@body.txt', /file body\.txt/],
		['-F file=@x', /form with files/],
		['-T x.bin', /or a file \(-T\)/],
	])('%s is refused in words', (option, message) => {
		expect(() => readCurl(`curl ${URL} ${option}`)).toThrow(message);
	});
});
