package assay;

import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.api.JavacTaskImpl;
import com.sun.tools.javac.api.JavacTaskPool;
import com.sun.tools.javac.code.Symbol.ModuleSymbol;
import com.sun.tools.javac.code.Symtab;
import com.sun.tools.javac.util.Context;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * javac that stays warm. A line {"files": {path: text}, "out": folder, "kind": name} in, a line {"ok", "stderr",
 * "files": {path: base64}} out; nothing is written to a disk. What javac knows of the platform stays from one request to the
 * next, what it learned from a request's sources is forgotten (see forget). Sources of different kinds never share what
 * javac keeps at all.
 */
public final class CompileServer {
    /** Then a compiler's memory starts anew: its table of names only grows. */
    private static final int REQUESTS = 200;
    private static final int MAX_TOLD = 1 << 18;

    private final JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    private final Files files = new Files(javac.getStandardFileManager(null, null, java.nio.charset.StandardCharsets.UTF_8));
    private final List<String> options;
    private final Map<String, JavacTaskPool> pools = new HashMap<>();
    private int requests;

    private CompileServer(String classPath) {
        // The same as in java/machine.py, and a table of names that goes with its compiler.
        options = List.of("-proc:none", "-nowarn", "-Xlint:none", "-XDstringConcat=inline", "-XDuseUnsharedTable", "-classpath", classPath);
    }

    public static void main(String[] arguments) throws Exception {
        InputStream requests = System.in;
        PrintStream answers = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), false);
        System.setOut(System.err);
        CompileServer server = new CompileServer(arguments[0]);
        Runnable serve = () -> {
            try {
                for (byte[] line; (line = readLine(requests)) != null; ) {
                    byte[] answer = server.answer(Json.read(line)).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                    answers.write(answer, 0, answer.length);
                    answers.flush();
                }
                Runtime.getRuntime().halt(0);
            } catch (Throwable error) {
                // No answer: the slot compiles in a fresh process.
                Runtime.getRuntime().halt(1);
            }
        };
        // Sources may nest deeply.
        new Thread(null, serve, "compiler", 16 << 20).start();
    }

    private static byte[] readLine(InputStream from) throws java.io.IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 16];
        while (true) {
            // A request is answered before the next one is sent, so a line never ends within a piece.
            int count = from.read(piece);
            if (count < 0) return null;
            line.write(piece, 0, count);
            if (piece[count - 1] == '\n') return line.toByteArray();
        }
    }

    private String answer(Object request) throws Exception {
        Map<?, ?> asked = (Map<?, ?>) request;
        List<JavaFileObject> sources = new ArrayList<>();
        for (Map.Entry<?, ?> file : ((Map<?, ?>) asked.get("files")).entrySet()) {
            sources.add(new Source((String) file.getKey(), file.getValue().toString()));
        }
        String kind = String.valueOf(asked.get("kind"));
        StringWriter told = new StringWriter();
        files.written.clear();
        boolean ok = compile(kind, sources, told);
        StringBuilder answer = new StringBuilder("{\"ok\":").append(ok).append(",\"stderr\":");
        StringBuffer words = told.getBuffer();
        answer.append(Json.quote(words.substring(0, Math.min(words.length(), MAX_TOLD)))).append(",\"files\":{");
        String separator = "";
        for (Map.Entry<String, Written> file : ok ? files.written.entrySet() : Map.<String, Written>of().entrySet()) {
            answer.append(separator).append(Json.quote(asked.get("out") + "/" + file.getKey())).append(":\"");
            answer.append(Base64.getEncoder().encodeToString(file.getValue().bytes.toByteArray())).append('"');
            separator = ",";
        }
        files.written.clear();
        return answer.append("}}\n").toString();
    }

    /** What is wrong is always said by a compiler that knows nothing of earlier requests. */
    private boolean compile(String kind, List<JavaFileObject> sources, StringWriter told) {
        if (compileQuickly(kind, sources)) return true;
        files.written.clear();
        return javac.getTask(told, files, null, options, null, sources).call();
    }

    private boolean compileQuickly(String kind, List<JavaFileObject> sources) {
        if (++requests % REQUESTS == 0) pools.clear();
        boolean[] forgotten = {false};
        boolean ok = false;
        try {
            JavacTaskPool pool = pools.computeIfAbsent(kind, name -> new JavacTaskPool(1));
            ok = pool.getTask(new StringWriter(), files, diagnostic -> {}, options, null, sources, task -> {
                Context context = ((BasicJavacTask) task).getContext();
                boolean compiled = ((JavacTaskImpl) task).call();
                forgotten[0] = forget(Symtab.instance(context));
                return compiled;
            });
        } catch (RuntimeException | StackOverflowError | AssertionError error) {
            forgotten[0] = false;
        }
        if (!forgotten[0]) pools.remove(kind);
        return ok;
    }

    /**
     * Takes everything that is not the platform's out of javac's tables: classes and packages of the unnamed module. False
     * when that cannot be done for certain.
     */
    private static boolean forget(Symtab symbols) {
        try {
            ModuleSymbol unnamed = symbols.unnamedModule;
            for (String table : new String[] {"classes", "packages"}) {
                Field field = Symtab.class.getDeclaredField(table);
                field.setAccessible(true);
                Map<?, Map<?, ?>> byName = cast(field.get(symbols));
                byName.values().removeIf(byModule -> {
                    byModule.remove(unnamed);
                    byModule.remove(symbols.noModule);
                    return byModule.isEmpty();
                });
            }
            Method renew = Symtab.class.getDeclaredMethod("addRootPackageFor", ModuleSymbol.class);
            renew.setAccessible(true);
            renew.invoke(symbols, unnamed);
            renew.invoke(symbols, symbols.noModule);
            if (unnamed.visiblePackages != null) unnamed.visiblePackages.values().removeIf(one -> one.modle == unnamed);
            return true;
        } catch (ReflectiveOperationException | RuntimeException error) {
            return false;
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T cast(Object value) {
        return (T) value;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String path, text;

        Source(String path, String text) {
            super(uri(path), Kind.SOURCE);
            this.path = path;
            this.text = text;
        }

        private static URI uri(String path) {
            try {
                return new URI("memory", null, "/" + path, null);
            } catch (java.net.URISyntaxException error) {
                throw new IllegalArgumentException(error);
            }
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public String getName() {
            return path;
        }
    }

    private static final class Written extends SimpleJavaFileObject {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Written(String name) {
            super(URI.create("memory:///class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    private static final class Files extends ForwardingJavaFileManager<StandardJavaFileManager> {
        final Map<String, Written> written = new TreeMap<>();

        Files(StandardJavaFileManager platform) {
            super(platform);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(Location place, String name, JavaFileObject.Kind kind, FileObject source) {
            return written.computeIfAbsent(name.replace('.', '/') + ".class", Written::new);
        }

        @Override
        public boolean isSameFile(FileObject one, FileObject other) {
            return one == other;
        }
    }
}
