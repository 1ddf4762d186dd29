import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EndpointError, isGoogleEndpoint, parseEndpoint } from '../../src/google/endpoint.ts';

function problem(text: string): EndpointError {
  try {
    parseEndpoint(text);
  } catch (error) {
    if (error instanceof EndpointError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('an endpoint', () => {
  test.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    [' http://localhost:8080/ ', 'http://localhost:8080'],
    ['HTTP://[::1]:9', 'http://[::1]:9'],
    ['http://127.1:80', 'http://127.0.0.1'],
    ['https://iam.example.com', 'https://iam.example.com'],
  ])('%s is read as %s', (text, endpoint) => {
    expect(parseEndpoint(text)).toBe(endpoint);
  });

  test.each([
    ['127.0.0.1:8080', 'no-scheme'],
    ['localhost:8080', 'no-scheme'],
    ['', 'no-scheme'],
    ['//localhost', 'no-scheme'],
    ['ftp://localhost', 'scheme'],
    ['file:///etc/passwd', 'scheme'],
    ['http://', 'not-a-url'],
    ['http://localhost:99999', 'not-a-url'],
    ['http://ada:hunter2@localhost', 'credentials'],
    ['http://@localhost', 'credentials'],
    ['http://localhost?x=1', 'query'],
    ['http://localhost/?', 'query'],
    ['http://localhost/#a', 'query'],
    ['http://localhost/v1', 'path'],
    ['http://example.com', 'plain-http'],
    ['http://127.0.0.1.example.com', 'plain-http'],
    ['http://localhost.example.com', 'plain-http'],
    ['http://0.0.0.0:80', 'plain-http'],
  ])('%s is refused: %s', (text, expected) => {
    expect(problem(text).problem).toBe(expected);
  });

  test('with a password in it is not repeated in the error', () => {
    for (const text of ['http://ada:hunter2@localhost', 'ada:hunter2@localhost', 'http://ada:hunter2@:x']) {
      const error = problem(text);
      expect(`${error.message} ${JSON.stringify(error)} ${error.stack ?? ''}`).not.toContain('hunter2');
    }
  });

  test('is either refused with an EndpointError or read as an origin that reads as itself', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (text) => {
        try {
          const endpoint = parseEndpoint(text);
          expect(parseEndpoint(endpoint)).toBe(endpoint);
          expect(new URL(endpoint).origin).toBe(endpoint);
        } catch (error) {
          expect(error).toBeInstanceOf(EndpointError);
        }
      }),
    );
  });

  test.each([
    [undefined, true],
    ['https://restricted.googleapis.com', true],
    ['https://googleapis.com', true],
    ['http://iam.googleapis.com.localhost', false],
    ['https://notgoogleapis.com', false],
    ['https://googleapis.com.example.com', false],
    ['http://127.0.0.1:1', false],
  ])('%s counts as Google: %s', (endpoint, google) => {
    expect(isGoogleEndpoint(endpoint)).toBe(google);
  });
});
