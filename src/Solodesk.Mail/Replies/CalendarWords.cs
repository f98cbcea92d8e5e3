using System.Collections.Frozen;

namespace Solodesk.Mail.Replies;

/// <summary>Names of months and days of the week, as mail programs write them, dots left off.</summary>
internal static class CalendarWords
{
    public static readonly FrozenSet<string> Months = Split("""
        jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov november dec december
        januar jänner februar märz mär mrz maerz mai juni juli august oktober okt dezember dez
        janvier janv février févr fevr mars avril avr juin juillet juil août aout septembre octobre novembre décembre déc
        enero ene febrero marzo abril abr mayo junio julio agosto ago septiembre octubre noviembre diciembre dic
        gennaio gen febbraio maggio giugno giu luglio lug settembre ottobre ott dicembre
        janeiro fevereiro fev março junho julho setembro outubro out novembro dezembro maio mai
        januari februari maart mrt mei augustus
        stycznia sty lutego lut marca kwietnia kwi maja maj czerwca cze lipca lip sierpnia sie września wrz października paź listopada grudnia gru
        января янв февраля февр фев марта мар апреля апр мая май июня июн июля июл августа авг сентября сент сен октября окт ноября нояб ноя декабря дек
        marts maj oktober desember des augusti
        tammikuuta tammi helmikuuta helmi maaliskuuta maalis huhtikuuta huhti toukokuuta touko kesäkuuta kesä heinäkuuta heinä elokuuta elo syyskuuta syys lokakuuta loka marraskuuta marras joulukuuta joulu
        tammik helmik maalisk huhtik toukok kesäk heinäk elok syysk lokak marrask jouluk
        thg tháng
        """);

    public static readonly FrozenSet<string> Days = Split("""
        mon monday tue tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
        lun lundi mardi mercredi jeu jeudi ven vendredi samedi dimanche
        lunes martes mié miércoles jue jueves vie viernes sáb sab sábado domingo
        lunedì martedì mercoledì giovedì gio venerdì sabato domenica
        seg segunda segunda-feira terça terça-feira qua quarta quarta-feira qui quinta quinta-feira sexta sexta-feira
        maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
        poniedziałek wtorek śr środa czw czwartek pt piątek sob sobota niedz niedziela
        пн понедельник вт вторник ср среда чт четверг пт пятница сб суббота вс воскресенье
        mandag tir tirs tirsdag ons onsdag tors torsdag fre fredag lør lørdag søn søndag
        mån måndag tis tisdag lör lördag sön söndag
        maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina
        """);

    private static FrozenSet<string> Split(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
}
