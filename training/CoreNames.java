import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ie.crf.CRFCliqueTree;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.sequences.ObjectBankWrapper;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.regex.*;

/**
 * What CoreNLP's French model sees in text, for the silver text of the name tagger. usage: CoreNames names|leanings
 * names: a text a line; printed for each its words that belong to names, « begin end type », in code points.
 * leanings: a word a line; printed the word and, for each of four contexts, its chances to be a person, a place, a body
 * and another name there, in percent. training/README.md has the recipe.
 */
public class CoreNames {
  static final String MODEL = "edu/stanford/nlp/models/ner/french-wikiner-4class.crf.ser.gz";
  static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:-[\\p{L}\\p{M}\\p{N}]+)*['’]?|[^\\s\\p{L}\\p{N}]");
  static final String[][] CONTEXTS = {{"Selon", null, ",", "il", "est", "mort", "."},
      {"Il", "vit", "à", null, "depuis", "1990", "."}, {"avec", null, "et"}, {"Le", "groupe", null, "annonce"}};
  static final String[] LABELS = {"I-PER", "I-LOC", "I-ORG", "I-MISC"};

  public static void main(String[] args) throws Exception {
    CRFClassifier<CoreLabel> tagger = CRFClassifier.getClassifier(MODEL);
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(new BufferedOutputStream(System.out, 1 << 16), false, "UTF-8");
    for (String line; (line = in.readLine()) != null; )
      out.println(args[0].equals("names") ? names(tagger, line) : leanings(tagger, line));
    out.flush();
  }

  static CoreLabel label(String word) {
    CoreLabel label = new CoreLabel();
    label.setWord(word.replace('’', '\''));
    label.setValue(label.word());
    return label;
  }

  static String names(CRFClassifier<CoreLabel> tagger, String line) {
    List<CoreLabel> words = new ArrayList<>();
    for (Matcher m = WORD.matcher(line); m.find(); ) {
      CoreLabel word = label(m.group());
      word.setBeginPosition(line.codePointCount(0, m.start()));
      word.setEndPosition(line.codePointCount(0, m.end()));
      words.add(word);
    }
    StringBuilder out = new StringBuilder();
    if (!words.isEmpty())
      for (CoreLabel word : tagger.classifySentence(words))
        out.append(word.beginPosition()).append(' ').append(word.endPosition()).append(' ')
            .append(word.get(CoreAnnotations.AnswerAnnotation.class)).append(';');
    return out.toString();
  }

  static String leanings(CRFClassifier<CoreLabel> tagger, String word) {
    StringBuilder out = new StringBuilder(word);
    for (String[] context : CONTEXTS) {
      List<CoreLabel> words = new ArrayList<>();
      int at = 0;
      for (String one : context) {
        if (one == null) at = words.size();
        words.add(label(one == null ? word : one));
      }
      words = new ObjectBankWrapper<CoreLabel>(tagger.flags, null, new HashSet<>()).processDocument(words);
      CRFCliqueTree<String> tree = tagger.getCliqueTree(tagger.documentToDataAndLabels(words));
      for (int i = 0; i < LABELS.length; ++i)
        out.append(i == 0 ? '\t' : ' ').append(Math.round(100 * tree.prob(at, tagger.classIndex.indexOf(LABELS[i]))));
    }
    return out.toString();
  }
}
