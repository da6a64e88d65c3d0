import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import { besideFile, commandBesideFile, expandHome, homeFolders, splitPathList } from './file-paths.js';

describe('paths of a kubeconfig', () => {
  it.each([
    [posix, '/a:/b', ['/a', '/b']],
    [posix, ':/a::/b:', ['/a', '/b']],
    [posix, '/a:/b:/a', ['/a', '/b']],
    [posix, ':', []],
    [posix, '"/a:b"', ['"/a', 'b"']],
    [win32, 'C:\\a;D:\\b c;;', ['C:\\a', 'D:\\b c']],
    [win32, '"C:\\with;semicolon";C:\\b', ['C:\\with;semicolon', 'C:\\b']],
    [win32, '', []],
  ])('T1: a list is split, and empty and repeated entries are left out (%#)', (style, list, want) => {
    expect(splitPathList(list, style)).toEqual(want);
  });

  it.each([
    [posix, 'ca.crt', '/home/me/.kube/config', '/home/me/.kube/ca.crt'],
    [posix, '../pki/ca.crt', '/home/me/.kube/config', '/home/me/pki/ca.crt'],
    [posix, '/etc/ca.crt', '/home/me/.kube/config', '/etc/ca.crt'],
    [win32, 'pki\\ca.crt', 'C:\\Users\\me\\.kube\\config', 'C:\\Users\\me\\.kube\\pki\\ca.crt'],
    [win32, './pki/ca.crt', 'C:\\Users\\me\\.kube\\config', 'C:\\Users\\me\\.kube\\pki\\ca.crt'],
    [win32, 'D:\\ca.crt', 'C:\\Users\\me\\.kube\\config', 'D:\\ca.crt'],
    [win32, '\\\\server\\share\\ca.crt', 'C:\\Users\\me\\.kube\\config', '\\\\server\\share\\ca.crt'],
  ])('T1: a relative path is relative to its file (%#)', (style, path, file, want) => {
    expect(besideFile(path, file, style)).toBe(want);
  });

  it.each([
    [posix, 'aws', '/k/config', 'aws'],
    [posix, './bin/aws', '/k/config', '/k/bin/aws'],
    [posix, '/usr/bin/aws', '/k/config', '/usr/bin/aws'],
    [win32, 'aws.exe', 'C:\\k\\config', 'aws.exe'],
    [win32, '..\\bin\\aws.exe', 'C:\\k\\config', 'C:\\bin\\aws.exe'],
    [win32, './aws.exe', 'C:\\k\\config', 'C:\\k\\aws.exe'],
  ])('T1: a plugin without a separator is left to PATH (%#)', (style, command, file, want) => {
    expect(commandBesideFile(command, file, style)).toBe(want);
  });

  it.each([
    [posix, { HOME: '/other' }, '/home/me', ['/home/me']],
    [win32, {}, 'C:\\Users\\me', ['C:\\Users\\me']],
    [
      win32,
      { HOME: 'H:\\', HOMEDRIVE: 'Z:', HOMEPATH: '\\me', USERPROFILE: 'C:\\Users\\me' },
      'C:\\Users\\me',
      ['H:\\', 'Z:\\me', 'C:\\Users\\me'],
    ],
    [win32, { HOMEDRIVE: 'Z:' }, 'C:\\Users\\me', ['C:\\Users\\me']],
  ])('T1: homes are looked into in the order of kubectl (%#)', (style, env, home, want) => {
    expect(homeFolders(env, home, style)).toEqual(want);
  });

  it.each([
    [posix, '~/x', '/home/me/x'],
    [posix, '~', '/home/me'],
    [posix, '/a/~/x', '/a/~/x'],
    [posix, '/~x', '/~x'],
    [win32, '~\\x', 'C:\\home\\me\\x'],
    [win32, '~/x', 'C:\\home\\me\\x'],
  ])('~ is the home folder (%#)', (style, path, want) => {
    expect(expandHome(path, style === win32 ? 'C:\\home\\me' : '/home/me', style)).toBe(want);
  });
});
